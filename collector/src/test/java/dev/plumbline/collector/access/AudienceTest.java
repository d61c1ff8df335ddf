package dev.plumbline.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.words.SegmentId;
import io.grpc.Context;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class AudienceTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # an rpc for  | viewer | auditor | operator | administrator | says that it
                    NOBODY        | no     | no      | no       | no            | is for nobody
                    STRANGER      | no     | no      | no       | no            | is for hosts with a join token
                    AGENT         | no     | no      | no       | no            | is for agents
                    VIEWER        | yes    | yes     | yes      | yes           | needs the role viewer
                    AUDITOR       | no     | yes     | yes      | yes           | needs the role auditor
                    OPERATOR      | no     | no      | yes      | yes           | needs the role operator
                    ADMINISTRATOR | no     | no      | no       | yes           | needs the role administrator
                    """)
    void isThoseRolesAndNoOthers(
            Audience audience, String viewer, String auditor, String operator, String administrator, String said) {
        assertThat(audience.includes(AccessRole.VIEWER)).isEqualTo(viewer.equals("yes"));
        assertThat(audience.includes(AccessRole.AUDITOR)).isEqualTo(auditor.equals("yes"));
        assertThat(audience.includes(AccessRole.OPERATOR)).isEqualTo(operator.equals("yes"));
        assertThat(audience.includes(AccessRole.ADMINISTRATOR)).isEqualTo(administrator.equals("yes"));
        assertThat(audience.said()).isEqualTo(said);
    }

    @ParameterizedTest
    @EnumSource(AccessRole.class)
    void whoSeesAPartOfTheSiteIsAViewer(AccessRole role) {
        Purview part = new Purview(Set.of(new SegmentId("wifi")));
        if (role == AccessRole.VIEWER) {
            assertThat(new Asker("eve", role, part, "192.0.2.1").purview().includes("srv"))
                    .isFalse();
        } else {
            assertThatThrownBy(() -> new Asker("eve", role, part, "192.0.2.1"))
                    .hasMessage("whoever sees some segments alone is a viewer, not " + role.word());
        }
        assertThat(new Asker("eve", role, Purview.WHOLE_SITE, "192.0.2.1").role())
                .isEqualTo(role);
    }

    @Test
    void aCallOfNobodyIsADefect() {
        assertThatThrownBy(() -> Context.ROOT.call(Asker::current)).hasMessageContaining("a call of nobody");
    }
}
