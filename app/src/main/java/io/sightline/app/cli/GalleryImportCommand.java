package io.sightline.app.cli;

import picocli.CommandLine.Command;

@Command(name = "import")
final class GalleryImportCommand {}
