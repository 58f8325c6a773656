package io.sightline.tests.boards;

import io.sightline.runtime.metrics.MeterKind;
import io.sightline.runtime.metrics.SightlineMeter;
import java.util.List;

/** What an expression may ask for: a meter of the catalogue, or one of {@link ForeignMeter}. */
interface Metric {
    /** Of a histogram, what stands before {@code _bucket}, {@code _sum} and {@code _count}. */
    String prometheusName();

    /** Labels of its own; Prometheus adds {@code instance} and {@code job}. */
    List<String> labels();

    boolean isHistogram();

    static Metric of(SightlineMeter meter) {
        return new Catalogued(meter);
    }

    record Catalogued(SightlineMeter meter) implements Metric {
        @Override
        public String prometheusName() {
            return meter.prometheusName();
        }

        @Override
        public List<String> labels() {
            return meter.tagKeys();
        }

        @Override
        public boolean isHistogram() {
            return meter.kind() == MeterKind.TIMER || meter.kind() == MeterKind.SUMMARY;
        }
    }
}
