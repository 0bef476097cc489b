/// Tests of the author's API: its behaviour, its size, and that it does not change unseen.
@NullMarked
package org.assistantservice.actions;

import org.jspecify.annotations.NullMarked;
