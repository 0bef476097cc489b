package org.assistantservice.store;

/// One row of the event log as it is stored.
///
/// @param n place of its first event in the epoch
/// @param lastN place of its last event
/// @param changes what its events count together; see [org.assistantservice.run.RunEvent#changes]
/// @param type name of the kind of event
/// @param version form of the payload
/// @param payload JSON
record StoredRow(
        int epoch, int n, int lastN, int changes, String type, int version, String payload) {}
