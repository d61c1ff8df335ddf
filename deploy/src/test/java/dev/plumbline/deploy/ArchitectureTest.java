package dev.plumbline.deploy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What imports what: the directions between modules and packages, and that what decides touches no world. */
final class ArchitectureTest {
    private static final String[] PROTO = {
        "dev.plumbline.words..",
        "dev.plumbline.wire..",
        "dev.plumbline.identity..",
        "dev.plumbline.config..",
        "dev.plumbline.v1.."
    };
    private static final String[] DECIDING = {
        "dev.plumbline.catalog.allowlist..",
        "dev.plumbline.catalog.article..",
        "dev.plumbline.catalog.expectation..",
        "dev.plumbline.catalog.scope..",
        "dev.plumbline.catalog.plan..",
        "dev.plumbline.catalog.rules..",
        "dev.plumbline.agent.policy..",
        "dev.plumbline.collector.agreed..",
        "dev.plumbline.collector.alert..",
        "dev.plumbline.collector.compare..",
        "dev.plumbline.collector.declared..",
        "dev.plumbline.collector.evidence..",
        "dev.plumbline.collector.rule..",
        "dev.plumbline.collector.explain..",
        "dev.plumbline.collector.finding..",
        "dev.plumbline.collector.judge..",
        "dev.plumbline.collector.listing..",
        "dev.plumbline.collector.remedy..",
        "dev.plumbline.collector.report.."
    };

    private static JavaClasses product;

    @BeforeAll
    static void read() {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.plumbline");
    }

    @Test
    void everyModuleIsLookedAt() {
        assertThat(product.stream().map(c -> c.getPackageName()))
                .contains("dev.plumbline.words", "dev.plumbline.catalog", "dev.plumbline.agent.round")
                .contains("dev.plumbline.collector.judge", "dev.plumbline.deploy.here");
    }

    @Test
    void importsPointFromDeployOverAgentAndCollectorToCatalogAndProto() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("deploy")
                .definedBy("dev.plumbline.deploy..")
                .layer("agent")
                .definedBy("dev.plumbline.agent..")
                .layer("collector")
                .definedBy("dev.plumbline.collector..")
                .layer("catalog")
                .definedBy("dev.plumbline.catalog..")
                .layer("proto")
                .definedBy(PROTO)
                .whereLayer("deploy")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("agent")
                .mayOnlyBeAccessedByLayers("deploy")
                .whereLayer("collector")
                .mayOnlyBeAccessedByLayers("deploy")
                .whereLayer("catalog")
                .mayOnlyBeAccessedByLayers("deploy", "agent", "collector")
                .check(product);
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "collector", "catalog", "deploy"})
    void noPackagesOfAModuleGoRoundInACircle(String module) {
        slices().matching("dev.plumbline." + module + ".(**)")
                .should()
                .beFreeOfCycles()
                .check(product);
    }

    @Test
    void noModulesAndNoPackagesOfProtoGoRoundInACircle() {
        slices().matching("dev.plumbline.(*)..").should().beFreeOfCycles().check(product);
    }

    @Test
    void whatDecidesTouchesNoFileNoSocketNoDatabase() {
        noClasses()
                .that()
                .resideInAnyPackage(DECIDING)
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "java.nio.file..", "io.netty..", "io.grpc..")
                        .or(resideInAPackage("java.nio.channels.."))
                        .or(resideInAPackage("java.net..")
                                .and(not("InetAddress", "Inet4Address", "Inet6Address"))
                                .and(not("UnknownHostException", "URI", "URISyntaxException"))))
                .orShould()
                .dependOnClassesThat(resideInAPackage("java.io..")
                        .and(not("Serializable", "UncheckedIOException", "IOException"))
                        .and(not("ByteArrayInputStream", "ByteArrayOutputStream")))
                .check(product);
    }

    @Test
    void whatDecidesAsksNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage(DECIDING)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(product);
    }

    private static DescribedPredicate<JavaClass> not(String... names) {
        return DescribedPredicate.describe(
                "is none of " + Arrays.toString(names),
                c -> Stream.of(names).noneMatch(n -> n.equals(c.getSimpleName())));
    }
}
