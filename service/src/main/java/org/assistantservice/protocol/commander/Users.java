package org.assistantservice.protocol.commander;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assistantservice.identity.TenantId;
import org.assistantservice.protocol.commander.User.Listed;
import org.assistantservice.protocol.commander.User.UserKey;
import org.assistantservice.record.RecordStore;
import org.assistantservice.record.RecordStore.Row;
import org.assistantservice.record.RecordStore.Space;

/// The users there are: what is listed of each in a small row, and the rest in a row of its own,
/// which comes before the small one and goes after it. Calls block; thread-safe.
@Singleton
final class Users {
    private final RecordStore records;
    private final CommanderSettings settings;

    Users(RecordStore records, CommanderSettings settings) {
        this.records = records;
        this.settings = settings;
    }

    Optional<User> find(UserKey key) {
        TenantId tenant = key.owner().tenant();
        return records.find(space(tenant), row(key))
                .map(it -> UserJson.listed(tenant, it.json()))
                .flatMap(listed ->
                        records.find(rest(tenant), listed.imageFolder())
                                .map(it -> UserJson.user(listed, it.json())));
    }

    /// Everybody's, in the order in which they came.
    List<Listed> all(TenantId tenant) {
        List<Listed> all = new ArrayList<>();
        List<Row> rows = records.list(space(tenant), 0, RecordStore.MAX_LIMIT);
        while (!rows.isEmpty()) {
            rows.forEach(it -> all.add(UserJson.listed(tenant, it.json())));
            rows = records.list(space(tenant), rows.getLast().seq(), RecordStore.MAX_LIMIT);
        }
        return all;
    }

    boolean hasRoomFor(UserKey key) {
        Space space = space(key.owner().tenant());
        return records.count(space) < settings.maxUsers()
                || records.find(space, row(key)).isPresent();
    }

    /// Stores a user in place of the one of the same name.
    ///
    /// @return the one that was replaced
    Optional<Listed> put(User user) {
        TenantId tenant = user.owner().tenant();
        records.put(rest(tenant), user.imageFolder(), UserJson.rest(user));
        return records.put(space(tenant), row(user.key()), UserJson.listed(user.listed()))
                .map(it -> UserJson.listed(tenant, it.json()));
    }

    /// Of several callers at once, one gets the user. Then [#forget] what is left of it.
    Optional<Listed> remove(UserKey key) {
        TenantId tenant = key.owner().tenant();
        return records.remove(space(tenant), row(key))
                .map(it -> UserJson.listed(tenant, it.json()));
    }

    /// Removes what a user who was removed or replaced leaves.
    void forget(TenantId tenant, String imageFolder) {
        records.remove(rest(tenant), imageFolder);
    }

    private static Space space(TenantId tenant) {
        return new Space(tenant, "commander.users");
    }

    private static Space rest(TenantId tenant) {
        return new Space(tenant, "commander.user-details");
    }

    /// Neither name has a line break: names of users are checked, names of keys come from a list.
    private static String row(UserKey key) {
        return key.owner().name() + "\n" + key.userName();
    }
}
