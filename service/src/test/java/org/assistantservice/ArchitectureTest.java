package org.assistantservice;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assistantservice.server.Chore;
import org.assistantservice.server.CrossOriginPaths;
import org.assistantservice.server.ErrorBody;
import org.assistantservice.server.OfProtocol;
import org.jspecify.annotations.NullMarked;

/// The rooms of the service and who may import what. A room without classes passes every rule.
@AnalyzeClasses(
        packages = "org.assistantservice",
        importOptions = {ArchitectureTest.NoTests.class, ArchitectureTest.HandWrittenOnly.class})
class ArchitectureTest {
    private static final Set<String> CHECKED = Set.of("Positive", "PositiveOrZero", "Min", "Max");

    private static final String BASE = "org.assistantservice.";

    /// Ground floor first: a room imports only from rooms before it.
    private static final List<String> ROOMS =
            List.of(
                    "actions",
                    "fetch",
                    "identity",
                    "dispatch",
                    "plugin",
                    "assistant",
                    "thread",
                    "record",
                    "model",
                    "run",
                    "knowledge",
                    "store",
                    "wire",
                    "server",
                    "protocol",
                    "app");

    private static final String[] EDGE = {room("server"), room("protocol"), room("app")};

    @ArchTest
    static final ArchRule everyClassLivesInARoom =
            classes().should().resideInAnyPackage(rooms(ROOMS));

    @ArchTest
    static void aRoomImportsOnlyFromRoomsBeforeIt(JavaClasses classes) {
        for (int i = 0; i < ROOMS.size() - 1; i++) {
            noClasses()
                    .that(resideInAPackage(room(ROOMS.get(i))))
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(rooms(ROOMS.subList(i + 1, ROOMS.size()))))
                    .because("a room imports only from rooms before it: " + ROOMS)
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.assistantservice.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule protocolsDoNotKnowEachOther =
            slices().matching("org.assistantservice.protocol.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule whatAProtocolAddsForAllGoesWithIt =
            classes()
                    .that(resideInAPackage(room("protocol")))
                    .and(
                            assignableTo(Chore.class)
                                    .or(assignableTo(ErrorBody.class))
                                    .or(assignableTo(CrossOriginPaths.class)))
                    .should()
                    .beAnnotatedWith(OfProtocol.class);

    @ArchTest
    static final ArchRule identityKnowsNothingElse =
            knowsNothingOf("identity", rooms(without("identity")));

    @ArchTest
    static final ArchRule recordsKnowOnlyWhoTheyBelongTo =
            knowsNothingOf("record", rooms(without("record", "identity")));

    @ArchTest
    static final ArchRule assistantsKnowNothingOfPacks =
            knowsNothingOf("assistant", room("plugin"));

    @ArchTest
    static final ArchRule modelsKnowNothingOfTheCodeOfActions =
            knowsNothingOf("model", room("actions"), room("plugin"));

    @ArchTest
    static final ArchRule onlyTheAppImportsTheOpenAiAdapter = onlyTheAppImports("model.openai");

    @ArchTest
    static final ArchRule onlyTheAppImportsTheOfflineAdapter = onlyTheAppImports("model.offline");

    @ArchTest
    static final ArchRule onlyTheAppImportsTheGcsAdapter = onlyTheAppImports("assistant.gcs");

    @ArchTest
    static final ArchRule httpAndReactiveTypesStayAtTheEdge =
            onlyIn(EDGE, "io.micronaut.http..", "reactor..", "org.reactivestreams..");

    @ArchTest
    static final ArchRule nettyStaysAtTheEdgeAndInTheTransportOfTheModel =
            onlyIn(
                    new String[] {
                        room("server"), room("protocol"), room("app"), room("model.openai")
                    },
                    "io.netty..");

    @ArchTest
    static final ArchRule theTransportOfTheModelKnowsNoModel =
            noClasses()
                    .that(resideInAPackage(room("model.openai.http")))
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("org.assistantservice..")
                                    .and(resideOutsideOfPackages(room("model.openai.http"))));

    @ArchTest
    static final ArchRule insideTheEdgeTheFrameworkIsAnnotationsOnly =
            noClasses()
                    .that(resideOutsideOfPackages(EDGE))
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("io.micronaut..")
                                    .and(
                                            resideOutsideOfPackages(
                                                    "io.micronaut.context.annotation..",
                                                    "io.micronaut.core.annotation..",
                                                    "io.micronaut.core.bind.annotation..",
                                                    "io.micronaut.core.convert.format..",
                                                    "io.micronaut.serde.annotation..")))
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule databaseLibrariesAreSeenByTheStoreOnly =
            onlyIn(
                    new String[] {room("store")},
                    "org.jdbi..",
                    "org.flywaydb..",
                    "org.sqlite..",
                    "org.postgresql..",
                    "com.zaxxer.hikari..");

    @ArchTest
    static final ArchRule sqlIsSeenByTheStoreAndItsWiringOnly =
            onlyIn(new String[] {room("store"), room("app")}, "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule googleCloudIsSeenByItsAdapterOnly =
            onlyIn(
                    new String[] {room("assistant.gcs")},
                    "com.google.cloud..",
                    "com.google.auth..",
                    "com.google.api..");

    @ArchTest
    static final ArchRule packsAreScannedAndDescribedByThePluginRoomOnly =
            onlyIn(
                    new String[] {room("plugin")},
                    "io.github.classgraph..",
                    "com.github.victools..");

    @ArchTest
    static final ArchRule theAuthorsApiStandsOnTheJdkAlone =
            classes()
                    .that(resideInAPackage(room("actions")))
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage("java..", "org.jspecify..", room("actions")));

    /// Settings are held to these by `SettingsCheck`; nothing would heed another.
    @ArchTest
    static final ArchRule constraintsAreThoseThatAreChecked =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("jakarta.validation..")
                                    .and(
                                            describe(
                                                    "are no constraint that is checked",
                                                    (JavaClass type) ->
                                                            !CHECKED.contains(
                                                                    type.getSimpleName()))));

    @ArchTest
    static final ArchRule aPackageIsNamedByItsConcept =
            noClasses()
                    .should()
                    .resideInAnyPackage(
                            "..util..", "..common..", "..impl..", "..helper..", "..manager..");

    /// NullAway looks at marked packages only, so a package without the mark would go unchecked.
    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            noClasses()
                    .should(
                            be(
                                    describe(
                                            "in a package whose package-info.java lacks @NullMarked",
                                            (JavaClass type) -> !isNullMarked(type))));

    private static boolean isNullMarked(JavaClass type) {
        return type.getPackage()
                .tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
    }

    private static ArchRule knowsNothingOf(String room, String... packages) {
        return noClasses()
                .that(resideInAPackage(room(room)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages))
                .allowEmptyShould(true);
    }

    private static ArchRule onlyTheAppImports(String adapter) {
        return onlyIn(new String[] {room(adapter), room("app")}, room(adapter));
    }

    private static ArchRule onlyIn(String[] homes, String... packages) {
        DescribedPredicate<JavaClass> elsewhere = resideOutsideOfPackages(homes);
        return noClasses()
                .that(elsewhere)
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages))
                .allowEmptyShould(true);
    }

    private static String room(String name) {
        return BASE + name + "..";
    }

    private static String[] rooms(List<String> names) {
        return names.stream().map(ArchitectureTest::room).toArray(String[]::new);
    }

    private static List<String> without(String... names) {
        Stream<String> others = ROOMS.stream().filter(room -> !List.of(names).contains(room));
        return others.toList();
    }

    /// Leaves out compiled tests, whichever folder the build writes to.
    static final class NoTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    /// Leaves out what annotation processors generate: top-level classes named `$…`.
    static final class HandWrittenOnly implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/$");
        }
    }
}
