package io.sightline.embed.picture;

import java.util.Iterator;
import java.util.function.Function;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderWriterSpi;

/** The JDK's own JPEG coder, also where the class path offers others: the same bytes must come out in every process. */
final class JdkJpeg {
    private JdkJpeg() {}

    static <S extends ImageReaderWriterSpi, C> C coder(Class<S> kind, Function<S, C> create) {
        Iterator<S> providers = IIORegistry.getDefaultInstance().getServiceProviders(kind, true);
        while (providers.hasNext()) {
            S provider = providers.next();
            if ("java.desktop".equals(provider.getClass().getModule().getName()) && isJpeg(provider)) {
                return create.apply(provider);
            }
        }
        throw new IllegalStateException(
                "this Java has no JPEG coder (module java.desktop, package libjavajpeg): install a full headless runtime");
    }

    private static boolean isJpeg(ImageReaderWriterSpi provider) {
        for (String name : provider.getFormatNames()) {
            if (name.equals("jpeg")) {
                return true;
            }
        }
        return false;
    }
}
