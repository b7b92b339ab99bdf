/**
 * The files in {@code deploy/}: what can be held of them without the programs they are for, and
 * those programs' own checks where they are installed. It knows the files only, never the product's
 * classes.
 */
@NullMarked
package io.lodge.deploy;

import org.jspecify.annotations.NullMarked;
