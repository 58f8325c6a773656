package io.sightline.app.demo;

import java.nio.file.Path;

/** Brings the demo's archive from its registry. */
interface ArchiveFetcher {
    /** Puts the archive into {@code folder} and gives its path. Throws {@link DemoException} when it cannot be had. */
    Path fetchInto(Path folder) throws DemoException;
}
