package org.assistantservice.run;

import java.util.concurrent.CountDownLatch;

/// Stops the first thread that comes to one place, as a process does that is about to die.
final class FreezeAt implements Failpoints {
    private final String place;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch thawed = new CountDownLatch(1);

    FreezeAt(String place) {
        this.place = place;
    }

    @Override
    public void reach(String name) {
        if (name.equals(place)) {
            reached.countDown();
            try {
                thawed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    CountDownLatch reached() {
        return reached;
    }

    /// Lets the thread go on.
    void thaw() {
        thawed.countDown();
    }
}
