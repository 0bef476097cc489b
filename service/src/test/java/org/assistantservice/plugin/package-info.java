/// Tests of packs: listing, loading, binding, swapping, and every mistake an author can make.
@NullMarked
package org.assistantservice.plugin;

import org.jspecify.annotations.NullMarked;
