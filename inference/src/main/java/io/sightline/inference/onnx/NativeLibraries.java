package io.sightline.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.sightline.inference.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * ONNX Runtime's own libraries, unpacked once into a cache instead of at each start into the temporary folder. Must be
 * prepared before the runtime's first use; a property that the user has set wins.
 */
final class NativeLibraries {
    private static final String PATH_PROPERTY = "onnxruntime.native.path";
    private static final List<String> NAMES = List.of(
            "onnxruntime",
            "onnxruntime4j_jni",
            "onnxruntime_providers_shared",
            "onnxruntime_providers_cuda",
            "onnxruntime_providers_tensorrt");

    private NativeLibraries() {}

    static void prepare(Path workDir) {
        if (System.getProperty(PATH_PROPERTY) != null) {
            return;
        }
        Optional<String> platform = platform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        platform.flatMap(name -> unpack(name, workDir))
                .ifPresent(folder -> System.setProperty(PATH_PROPERTY, folder.toString()));
    }

    /** The folder of the runtime's archive for a system; empty where it must help itself. */
    static Optional<String> platform(String osName, String osArch) {
        Optional<String> arch = switch (osArch) {
            case "amd64", "x86_64" -> Optional.of("x64");
            case "aarch64" -> Optional.of("aarch64");
            default -> Optional.empty();
        };
        return osName.toLowerCase(Locale.ROOT).startsWith("linux")
                ? arch.map(name -> "linux-" + name)
                : Optional.empty();
    }

    private static Optional<Path> unpack(String platform, Path workDir) {
        try {
            Map<String, URLConnection> found = found(platform);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Path folder = Files.createDirectories(workDir.toAbsolutePath().resolve(folderName(platform, found)));
            for (Map.Entry<String, URLConnection> library : found.entrySet()) {
                copy(library.getValue(), folder.resolve(library.getKey()));
            }
            return Optional.of(folder);
        } catch (IOException e) {
            throw new ModelException(
                    "ONNX Runtime's libraries could not be unpacked into " + workDir + ": " + e
                            + "; check that the folder can be written and has room for them, or set SIGHTLINE_HOME",
                    e);
        }
    }

    private static Map<String, URLConnection> found(String platform) throws IOException {
        Map<String, URLConnection> found = new LinkedHashMap<>();
        for (String name : NAMES) {
            String file = System.mapLibraryName(name);
            URL resource = OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + platform + "/" + file);
            if (resource != null) {
                found.put(file, resource.openConnection());
            }
        }
        return found;
    }

    /** Another build of a library is another folder, so that versions do not meet. */
    private static String folderName(String platform, Map<String, URLConnection> libraries) throws IOException {
        CRC32 key = new CRC32();
        for (URLConnection library : libraries.values()) {
            long checksum =
                    library instanceof JarURLConnection jar ? jar.getJarEntry().getCrc() : library.getLastModified();
            key.update((checksum + " " + library.getContentLengthLong() + " ").getBytes(StandardCharsets.UTF_8));
        }
        return "onnxruntime-" + platform + "-" + Long.toHexString(key.getValue());
    }

    /** Written beside and renamed: another process sees a whole library or none. */
    private static void copy(URLConnection library, Path target) throws IOException {
        if (Files.exists(target) && Files.size(target) == library.getContentLengthLong()) {
            return;
        }
        Path written = Files.createTempFile(target.getParent(), ".unpack-", ".part");
        try (InputStream in = library.getInputStream()) {
            Files.copy(in, written, StandardCopyOption.REPLACE_EXISTING);
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
