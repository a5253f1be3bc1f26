package io.outcry.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between modules and packages. */
class ArchitectureTest {
    private static final String DOMAIN = "io.outcry.domain..";
    private static final String ENGINE_CLIENT = "io.outcry.engineclient..";
    private static final String GENERATED = "io.outcry.engine.v1..";
    private static final String PERSISTENCE = "io.outcry.persistence..";
    private static final String CACHE = "io.outcry.cache..";
    private static final String API = "io.outcry.api..";

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.outcry");
    }

    @Test
    void theDomainNeedsNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage(DOMAIN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(DOMAIN, "java..", "org.jspecify.annotations..")
                .check(classes);
    }

    @Test
    void adaptersNeverSeeEachOtherNorTheApi() {
        noDependency(ENGINE_CLIENT, PERSISTENCE, CACHE, API);
        noDependency(PERSISTENCE, ENGINE_CLIENT, GENERATED, CACHE, API);
        noDependency(CACHE, ENGINE_CLIENT, GENERATED, PERSISTENCE, API);
    }

    @Test
    void generatedTypesStayInTheEngineClient() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ENGINE_CLIENT, GENERATED)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(GENERATED)
                .check(classes);
    }

    @Test
    void adaptersAreKnownToTheCompositionRootAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.outcry.api.*..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ENGINE_CLIENT, PERSISTENCE, CACHE)
                .check(classes);
    }

    @Test
    void webServerIsKnownToTheHttpPackageAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.outcry.api.http..")
                .and()
                .resideInAPackage("io.outcry..")
                .and()
                .resideOutsideOfPackage("io.outcry.load..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
                .check(classes);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.outcry.(*)..").should().beFreeOfCycles().check(classes);
        slices().matching("io.outcry.api.(*)..").should().beFreeOfCycles().check(classes);
        slices().matching("io.outcry.domain.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void theClockIsReadInTheCompositionRootAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.outcry.api")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(classes);
    }

    private static void noDependency(String from, String... to) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .allowEmptyShould(true)
                .check(classes);
    }
}
