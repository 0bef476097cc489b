package org.assistantservice.scripts.pack;

import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionContext;
import org.assistantservice.actions.ActionException;
import org.assistantservice.actions.ActionSettings;
import org.assistantservice.actions.Effect;
import org.assistantservice.actions.Param;

/// Actions to be listed, described, called and named in configurations.
public final class ShopActions {
    private final String currency;

    public ShopActions(ActionSettings settings) {
        currency = settings.text("currency", "EUR");
    }

    @Action(
            name = "price",
            description = "The price of a product.",
            effect = Effect.READ_ONLY,
            timeout = "10s")
    public String price(@Param("Product, e.g. lamp") String product, ActionContext context) {
        if (product.isBlank()) {
            throw new ActionException("product must not be blank");
        }
        context.progress("Asking for " + product);
        return "12.00 " + currency;
    }
}
