/** What strangers may send, made by rule for the tests of all packages. */
@org.jspecify.annotations.NullMarked
package io.wxflux.hostile;
