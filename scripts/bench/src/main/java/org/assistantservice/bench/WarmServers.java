package org.assistantservice.bench;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.bench.Point.Contender;

/// Servers that are started and warmed for one measurement and closed after it.
///
/// @param sides whose servers
record WarmServers(Rig rig, List<Side> sides) {
    /// What is done with them.
    interface Measurement {
        void of(List<Contender> contenders) throws InterruptedException;
    }

    void use(Measurement measurement) throws InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        try {
            for (Side side : sides) {
                Progress.say("Warming " + side.label());
                Contender contender = new Contender(side, side.start(rig));
                contenders.add(contender);
                rig.warm(side, contender.target());
            }
            measurement.of(contenders);
        } finally {
            contenders.forEach(it -> it.server().close());
        }
    }
}
