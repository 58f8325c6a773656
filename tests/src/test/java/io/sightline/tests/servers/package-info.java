/**
 * Real servers for system tests: start one in a {@code try}, stop, restart or disturb it, and it is gone at the end.
 *
 * <ul>
 *   <li>{@link io.sightline.tests.servers.TestBroker} Kafka in this JVM, with Sightline's topics
 *   <li>{@link io.sightline.tests.servers.TestRedis} a {@code redis-server} process
 *   <li>{@link io.sightline.tests.servers.RtspServer} a camera: hangs, drops its clients, damages pictures, asks for a password
 *   <li>{@link io.sightline.tests.servers.TestClips} what cameras show: test patterns, or the demo's clip
 *   <li>{@link io.sightline.tests.servers.TestAuthority} certificates for TLS with login
 *   <li>{@link io.sightline.tests.servers.TopicRecords} all records of a topic, decoded
 *   <li>{@link io.sightline.tests.servers.PrometheusServer} scrapes every second and answers queries
 *   <li>{@link io.sightline.tests.servers.TraceCollector} takes traces and forgets them
 *   <li>{@link io.sightline.tests.servers.CapturedLogs} every line logged meanwhile, at the finest level
 *   <li>{@link io.sightline.tests.servers.Waiting} conditions with a bound; no test sleeps
 * </ul>
 *
 * A server that is not installed skips its test with the Debian package to install, and fails it where {@code CI=true}: see
 * {@link io.sightline.tests.servers.RequiredServer}.
 */
@NullMarked
package io.sightline.tests.servers;

import org.jspecify.annotations.NullMarked;
