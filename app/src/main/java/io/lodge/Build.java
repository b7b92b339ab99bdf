package io.lodge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * What was built.
 *
 * @param version of Lodge; {@code development} outside its jar
 * @param revision of its source, where the build knew it
 */
record Build(String version, Optional<String> revision) {

  static Build ofThisJar() {
    String ownClass = String.valueOf(Build.class.getResource("Build.class"));
    if (!ownClass.startsWith("jar:")) {
      return new Build("development", Optional.empty());
    }
    URI manifest =
        URI.create(ownClass.substring(0, ownClass.indexOf("!/")) + "!/META-INF/MANIFEST.MF");
    try (InputStream in = manifest.toURL().openStream()) {
      Attributes attributes = new Manifest(in).getMainAttributes();
      return new Build(
          Optional.ofNullable(attributes.getValue("Implementation-Version")).orElse("unknown"),
          Optional.ofNullable(attributes.getValue("Lodge-Revision")).filter(r -> !r.isBlank()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
