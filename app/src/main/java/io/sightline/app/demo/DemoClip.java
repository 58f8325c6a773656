package io.sightline.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Finds the demo's clip and portraits: in the cache, else in the local Maven repository, else by having Maven fetch them. Every file is
 * checked by hash and appears in the cache whole or not at all.
 */
public final class DemoClip {
    static final String ARTIFACT = "org.openimaj:demos:1.3.10";
    private static final String PATH_IN_REPOSITORY = "org/openimaj/demos/1.3.10/demos-1.3.10.jar";
    private static final Duration FETCH_LIMIT = Duration.ofMinutes(10);

    private final Path cache;
    private final Path archiveInRepository;
    private final ArchiveFetcher fetcher;

    DemoClip(Path cache, Path archiveInRepository, ArchiveFetcher fetcher) {
        this.cache = cache;
        this.archiveInRepository = archiveInRepository;
        this.fetcher = fetcher;
    }

    /**
     * The demo's files in {@code cache}, which is made where it is missing. Throws {@link DemoException} when they cannot be had; then the
     * message says what to do.
     */
    public static DemoMaterial locate(Path cache) throws DemoException {
        Path repository = Optional.ofNullable(System.getProperty("maven.repo.local"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".m2", "repository"));
        DemoClip clip = new DemoClip(
                cache, repository.resolve(PATH_IN_REPOSITORY), new MavenFetcher("mvn", ARTIFACT, FETCH_LIMIT));
        List<DemoAsset> wanted = new ArrayList<>(List.of(DemoAsset.CLIP));
        wanted.addAll(DemoAsset.PORTRAITS);
        List<Path> files = clip.files(wanted);
        List<DemoMaterial.Decoy> decoys = new ArrayList<>();
        for (Path portrait : files.subList(1, files.size())) {
            decoys.add(new DemoMaterial.Decoy("Decoy " + (char) ('A' + decoys.size()), portrait));
        }
        return new DemoMaterial(files.get(0), decoys);
    }

    /** The assets' paths in the cache, in their order. */
    List<Path> files(List<DemoAsset> assets) throws DemoException {
        try {
            Files.createDirectories(cache);
            List<DemoAsset> missing = new ArrayList<>();
            for (DemoAsset asset : assets) {
                if (!isCached(asset)) {
                    missing.add(asset);
                }
            }
            if (!missing.isEmpty()) {
                extract(missing);
            }
            return assets.stream().map(asset -> cache.resolve(asset.fileName())).toList();
        } catch (IOException e) {
            throw new DemoException(
                    "the demo's files cannot be kept in " + cache + ": " + e
                            + "; is the disk full or the folder read-only?",
                    e);
        }
    }

    private boolean isCached(DemoAsset asset) throws IOException {
        Path file = cache.resolve(asset.fileName());
        return Files.isRegularFile(file) && sha256(file).equals(asset.sha256());
    }

    private void extract(List<DemoAsset> assets) throws IOException, DemoException {
        if (Files.isRegularFile(archiveInRepository)) {
            extract(archiveInRepository, assets);
            return;
        }
        Path folder = Files.createTempDirectory(cache, ".fetch-");
        try {
            extract(fetcher.fetchInto(folder), assets);
        } finally {
            delete(folder);
        }
    }

    private void extract(Path archive, List<DemoAsset> assets) throws IOException, DemoException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (DemoAsset asset : assets) {
                extract(zip, asset);
            }
        } catch (ZipException e) {
            throw new DemoException(damaged(archive, "it is no archive: " + e.getMessage()), e);
        }
    }

    private void extract(ZipFile zip, DemoAsset asset) throws IOException, DemoException {
        ZipEntry entry = zip.getEntry(asset.entry());
        if (entry == null) {
            throw new DemoException(damaged(Path.of(zip.getName()), "it lacks " + asset.entry()));
        }
        Path part = Files.createTempFile(cache, ".part-", "");
        try {
            try (InputStream content = zip.getInputStream(entry)) {
                Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
            }
            String found = sha256(part);
            if (!found.equals(asset.sha256())) {
                throw new DemoException(damaged(
                        Path.of(zip.getName()),
                        asset.entry() + " has sha256 " + found + " instead of " + asset.sha256()));
            }
            Path file = cache.resolve(asset.fileName());
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String damaged(Path archive, String why) {
        return "the demo's archive " + archive + " is not the one that was published: " + why
                + ". Delete it and start the demo again to fetch it anew";
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file);
                DigestInputStream digesting = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
