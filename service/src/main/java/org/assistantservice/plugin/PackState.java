package org.assistantservice.plugin;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the library knows of one pack.
///
/// @param seen the folder that was last dealt with; null if it is to be dealt with at the next look
/// @param serving the version that serves, if any
/// @param problems why what was last seen does not serve; empty if it does
record PackState(
        String name,
        @Nullable PackFolder seen,
        @Nullable PackVersion serving,
        List<String> problems) {
    PackState {
        problems = List.copyOf(problems);
    }

    static PackState unknown(String name) {
        return new PackState(name, null, null, List.of());
    }

    /// Whether nothing can be told of this pack, because it changed whenever it was looked at.
    boolean isUnknown() {
        return serving == null && problems.isEmpty();
    }

    boolean isServing(String digest) {
        return serving != null && serving.digest().equals(digest);
    }

    PackState serving(PackFolder folder, @Nullable PackVersion version) {
        return new PackState(name, folder, version, List.of());
    }

    PackState refused(PackFolder folder, List<String> reasons) {
        return new PackState(name, folder, serving, reasons);
    }

    /// The pack could not be looked at properly; it will be dealt with again.
    PackState again(List<String> reasons) {
        return new PackState(name, null, serving, reasons);
    }

    /// @param maxAbandoned how many lost calls it takes until a pack is quarantined
    PackStatus status(int maxAbandoned) {
        if (serving == null) {
            return new PackStatus(name, PackStatus.State.REFUSED, "", List.of(), problems);
        }
        if (serving.isQuarantined()) {
            var sentences = Stream.concat(Stream.of(quarantine(maxAbandoned)), problems.stream());
            return status(serving, PackStatus.State.QUARANTINED, sentences.toList());
        }
        return status(
                serving,
                problems.isEmpty() ? PackStatus.State.READY : PackStatus.State.SERVING_OLD,
                problems);
    }

    private PackStatus status(PackVersion version, PackStatus.State state, List<String> sentences) {
        return new PackStatus(name, state, version.digest(), version.actionNames(), sentences);
    }

    private String quarantine(int maxAbandoned) {
        return ("Pack '%s' takes no calls: %d of its calls did not stop at their deadline. Put a"
                        + " version in place whose actions stop when they are interrupted.")
                .formatted(name, maxAbandoned);
    }
}
