package org.assistantservice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommitTest {
    @TempDir private Path folder;

    @Test
    void outsideACheckoutTheCommitIsUnknown() throws Exception {
        assertThat(Commit.of(folder)).isEqualTo("unknown");
    }
}
