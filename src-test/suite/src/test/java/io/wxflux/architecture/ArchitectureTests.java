package io.wxflux.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/** The floors of the engine and the calls nobody may make. */
class ArchitectureTests {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/suite/"))
            .importPackages("io.wxflux");

    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(location -> location.contains("/engine/") || location.contains("wxflux-engine"))
            .importPackages("io.wxflux");

    /** Arrays of primitives have no package. */
    private static final DescribedPredicate<JavaClass> IS_ARRAY =
            DescribedPredicate.describe("are arrays or primitives", type -> type.isArray() || type.isPrimitive());

    @Test
    void aPackageUsesOnlyFloorsBelowItsOwn() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("model")
                .definedBy("io.wxflux.model..")
                .layer("error")
                .definedBy("io.wxflux.error..")
                .layer("options")
                .definedBy("io.wxflux.options..")
                .layer("event")
                .definedBy("io.wxflux.event..")
                .layer("sink")
                .definedBy("io.wxflux.sink..")
                .layer("shard")
                .definedBy("io.wxflux.shard..")
                .layer("jfr")
                .definedBy("io.wxflux.internal.jfr..")
                .layer("wire")
                .definedBy("io.wxflux.internal.wire..")
                .layer("transport")
                .definedBy("io.wxflux.internal.transport..")
                .layer("protocol")
                .definedBy("io.wxflux.internal.protocol..")
                .layer("journal")
                .definedBy("io.wxflux.internal.journal..")
                .layer("contacts")
                .definedBy("io.wxflux.internal.contacts..")
                .layer("session")
                .definedBy("io.wxflux.internal.session..")
                .layer("pipeline")
                .definedBy("io.wxflux.internal.pipeline..")
                .layer("delivery")
                .definedBy("io.wxflux.internal.delivery..")
                .layer("front")
                .definedBy("io.wxflux")
                .whereLayer("model")
                .mayNotAccessAnyLayer()
                .whereLayer("error")
                .mayNotAccessAnyLayer()
                .whereLayer("jfr")
                .mayNotAccessAnyLayer()
                .whereLayer("options")
                .mayOnlyAccessLayers("model", "error")
                .whereLayer("event")
                .mayOnlyAccessLayers("model", "error", "options")
                .whereLayer("sink")
                .mayOnlyAccessLayers("model", "error", "options", "event")
                .whereLayer("shard")
                .mayOnlyAccessLayers("model", "error", "options", "event")
                .whereLayer("wire")
                .mayOnlyAccessLayers("model", "error", "options", "event")
                .whereLayer("transport")
                .mayOnlyAccessLayers("model", "error", "options")
                .whereLayer("protocol")
                .mayOnlyAccessLayers("model", "error", "options", "wire", "transport")
                .whereLayer("journal")
                .mayOnlyAccessLayers("model", "error", "options", "event", "shard", "wire")
                .whereLayer("contacts")
                .mayOnlyAccessLayers("model", "error", "options", "event", "shard", "wire", "journal")
                .whereLayer("session")
                .mayOnlyAccessLayers(
                        "model",
                        "error",
                        "options",
                        "event",
                        "shard",
                        "wire",
                        "transport",
                        "protocol",
                        "journal",
                        "contacts",
                        "jfr")
                .whereLayer("pipeline")
                .mayOnlyAccessLayers(
                        "model",
                        "error",
                        "options",
                        "event",
                        "wire",
                        "transport",
                        "protocol",
                        "journal",
                        "session",
                        "jfr")
                .whereLayer("delivery")
                .mayOnlyAccessLayers(
                        "model",
                        "error",
                        "options",
                        "event",
                        "sink",
                        "shard",
                        "wire",
                        "journal",
                        "contacts",
                        "session",
                        "jfr")
                .check(ENGINE);
    }

    @Test
    void theEngineHasNoDependencyBeyondThoseNamed() {
        noClasses()
                .that()
                .resideInAPackage("io.wxflux..")
                .should()
                .dependOnClassesThat(are(not(resideInAnyPackage(
                                "java..",
                                "jdk.jfr..",
                                "javax.net.ssl..",
                                "javax.xml.stream..",
                                "io.wxflux..",
                                "reactor..",
                                "org.reactivestreams..",
                                "io.netty..",
                                "tools.jackson..",
                                "com.fasterxml.aalto..",
                                "org.codehaus.stax2..",
                                "io.github.resilience4j..",
                                "org.slf4j..",
                                "org.jspecify.."))
                        .and(not(IS_ARRAY))))
                .check(ENGINE);
    }

    @Test
    void libraryTypesStayOnTheirFloor() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.wxflux.internal.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "reactor.netty..")
                .check(ENGINE);
        noClasses()
                .that()
                .resideOutsideOfPackages("io.wxflux.internal.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.xml..", "com.fasterxml.aalto..", "org.codehaus.stax2..")
                .check(ENGINE);
    }

    @Test
    void publicSignaturesNameNoInternalsAndNoLibraries() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(
                        resideInAPackage("io.wxflux..").and(not(resideInAPackage("io.wxflux.internal.."))))
                .and()
                .areDeclaredInClassesThat(modifier(JavaModifier.PUBLIC))
                .should(nameOnlyPublicTypes())
                .check(ENGINE);
    }

    @Test
    void nobodyInTheEngineSubscribesBlocksOrSleeps() {
        for (String call : Set.of("subscribe", "block", "blockOptional", "blockFirst", "blockLast", "toFuture")) {
            noClasses()
                    .should()
                    .callMethodWhere(target(name(call))
                            .and(target(owner(assignableTo(Mono.class).or(assignableTo(Flux.class))))))
                    .because("the application subscribes")
                    .check(ENGINE);
        }
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(ENGINE);
        noClasses().should().dependOnClassesThat().belongToAnyOf(Hooks.class).check(ENGINE);
    }

    @Test
    void noMethodIsSynchronizedAndNoDangerousClassIsUsed() {
        methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(ENGINE);
        // The load driver is made of processes; nothing that strangers say gets into their commands.
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.wxflux.load.ChildProcess")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.Object(In|Out)putStream|java\\.beans\\.XMLDecoder|javax\\.script\\..*"
                        + "|java\\.lang\\.ProcessBuilder|sun\\..*")
                .check(ALL);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass type : ALL) {
            if (type.getPackage().tryGetAnnotationOfType(NullMarked.class).isEmpty()) {
                unmarked.add(type.getPackageName());
            }
        }
        assertThat(unmarked).isEmpty();
    }

    @Test
    void theSimulatorSharesNoCodeWithTheEngine() {
        Set<String> engineTypes = ENGINE.stream().map(JavaClass::getName).collect(Collectors.toSet());
        noClasses()
                .that()
                .resideInAPackage("io.wxflux.simulator..")
                .should()
                .dependOnClassesThat(new DescribedPredicate<>("are of the engine") {
                    @Override
                    public boolean test(JavaClass type) {
                        return engineTypes.contains(type.getName());
                    }
                })
                .check(ALL);
    }

    @Test
    void namesSayWhatAThingIs() {
        classes().should().haveNameNotMatching(".*(Manager|Helper|Util|Utils)$").check(ALL);
    }

    private static ArchCondition<JavaMethod> nameOnlyPublicTypes() {
        return new ArchCondition<>("name only public types") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                Set<JavaClass> named = new HashSet<>(method.getAllInvolvedRawTypes());
                for (JavaClass type : named) {
                    String name = type.getPackageName();
                    boolean hidden = name.startsWith("io.wxflux.internal")
                            || name.startsWith("io.netty")
                            || name.startsWith("reactor.netty")
                            || name.startsWith("tools.jackson")
                            || name.startsWith("io.github.resilience4j");
                    if (hidden) {
                        events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " names " + type.getName()));
                    }
                }
            }
        };
    }
}
