package io.sightline.app.cli;

import io.sightline.app.pipeline.AllInOne;
import java.nio.file.Path;

final class PeopleImport {
    PeopleImport(AllInOne system) {}

    void importOrExplain(Path people) {}
}
