package io.sightline.tests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JODATIME;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.ForkJoinPool;
import org.apache.kafka.common.Configurable;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may know whom, and which rooms stay pure: the table of {@code docs/architecture.md}, held against the compiled classes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final String OURS = "io.sightline..";
    /** What protoc writes: our messages, and ONNX's. */
    private static final DescribedPredicate<JavaClass> GENERATED =
            resideInAnyPackage("io.sightline.contracts.wire.v1..", "io.sightline.inference.onnx.format..");

    private JavaClasses all;

    @SuppressWarnings("NullAway.Init") // BeforeAll sets the classes
    ArchitectureTest() {}

    @BeforeAll
    void read() {
        all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.sightline");
        assertThat(all.size()).as("classes found").isGreaterThan(300);
    }

    /** One line of the table: a module, and the modules it may use beside itself. */
    @ParameterizedTest
    @CsvSource({
        "contracts, ''",
        "runtime, contracts",
        "inference, contracts",
        "ingest, contracts runtime inference",
        "detect, contracts runtime inference",
        "embed, contracts runtime inference",
        "match, contracts runtime inference",
        "app, contracts runtime inference ingest detect embed match"
    })
    void moduleUsesOnlyThoseBelowIt(String module, String mayUse) {
        String[] allowed = (module + " " + mayUse).strip().split(" +");
        for (int i = 0; i < allowed.length; i++) {
            allowed[i] = "io.sightline." + allowed[i] + "..";
        }

        noClasses()
                .that()
                .resideInAPackage("io.sightline." + module + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(OURS).and(not(resideInAnyPackage(allowed))))
                .check(all);
    }

    /** Third parties have one home each, so that a change of theirs is met in one room. */
    @ParameterizedTest
    @CsvSource({
        "org.bytedeco.., ingest detect app",
        "ai.onnxruntime.., inference",
        "redis.clients.., match app",
        "io.opentelemetry.., runtime",
        "io.prometheus.., runtime",
        "org.apache.kafka.streams.., runtime detect embed match app.pipeline",
        "kafka.., app.embedded",
        "org.apache.kafka.server.., app.embedded",
        "org.apache.kafka.metadata.., app.embedded",
        "com.google.protobuf.., contracts inference",
        "picocli.., app",
        "ch.qos.logback.., app",
        "org.yaml.snakeyaml.., runtime inference ingest",
        "com.sun.net.httpserver.., runtime",
        "jdk.incubator.vector.., match"
    })
    void libraryIsKnownOnlyAtHome(String library, String homes) {
        String[] allowed = homes.strip().split(" +");
        for (int i = 0; i < allowed.length; i++) {
            allowed[i] = "io.sightline." + allowed[i] + "..";
        }

        noClasses()
                .that(resideInAPackage(OURS).and(not(resideInAnyPackage(allowed))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(all);
    }

    @Test
    void contractsArePure() {
        noClasses()
                .that()
                .resideInAPackage("io.sightline.contracts..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio.file..", "java.net..", "org.slf4j..", "io.micrometer..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(all.that(not(GENERATED)));
    }

    @Test
    void onlyTheProgramTakesTheSystemsWallClock() {
        noClasses()
                .that(resideInAPackage(OURS)
                        .and(not(resideInAPackage("io.sightline.app..")))
                        // Kafka makes it by its class's name, so nobody can hand it a clock
                        .and(not(assignableTo(Configurable.class))))
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(all);
    }

    @Test
    void nobodyWritesToTheConsoleButTheCommandLine() {
        noClasses()
                .that(resideInAPackage(OURS).and(not(resideInAPackage("io.sightline.app.."))))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(all);
    }

    @Test
    void onlyTheProgramEndsTheProcess() {
        noClasses()
                .that(resideInAPackage(OURS).and(not(resideInAPackage("io.sightline.app.."))))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(all);
    }

    @Test
    void nobodyBorrowsTheCommonPool() {
        noClasses()
                .that()
                .resideInAPackage(OURS)
                .should()
                .callMethod(ForkJoinPool.class, "commonPool")
                .orShould()
                .callMethod(Collection.class, "parallelStream")
                .check(all);
    }

    @Test
    void packagesOfAModuleHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("io.sightline.(*).(**)")
                .should()
                .beFreeOfCycles()
                .check(all.that(not(GENERATED)));
    }

    @Test
    void roomsAreNamedByConcept() {
        noClasses()
                .that()
                .resideInAPackage(OURS)
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..")
                .check(all);
        classes()
                .that()
                .resideInAPackage(OURS)
                .should()
                .haveNameNotMatching(".*(Utils?|Helper|Manager)")
                .check(all.that(not(GENERATED)));
        NO_CLASSES_SHOULD_USE_JODATIME.check(all);
    }

    @Test
    void everyRoomHasADoorSignAndIsNullMarked() {
        JavaPackage root = all.getPackage("io.sightline");

        assertThat(root.getSubpackagesInTree())
                .filteredOn(room -> !room.getClasses().isEmpty())
                .filteredOn(room -> room.getClasses().stream().noneMatch(GENERATED))
                .filteredOn(
                        room -> room.tryGetAnnotationOfType(NullMarked.class).isEmpty())
                .extracting(JavaPackage::getName)
                .isEmpty();
    }
}
