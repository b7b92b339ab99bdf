package io.lodge;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** URLs people give on the command line. */
final class Urls {
  private Urls() {}

  /** {@code HOST:PORT} is an HTTP URL too: that is how the configuration writes addresses. */
  static final class Typed implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        return new URI(text.contains("://") ? text : "http://" + text);
      } catch (URISyntaxException e) {
        throw new TypeConversionException("'" + text + "' is no URL; write http://HOST:PORT");
      }
    }
  }

  /** The URL with {@code path} where it has none of its own. */
  static URI http(URI url, String option, String path) throws CommandException {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new CommandException(
          ExitCodes.USAGE, "cannot use " + option + ": it is no HTTP URL; write http://HOST:PORT");
    }
    boolean bare = url.getRawPath().isEmpty() || url.getRawPath().equals("/");
    return bare ? url.resolve(path) : url;
  }

  /** The host without the brackets of IPv6. */
  static String host(URI url) {
    return url.getHost().replaceAll("[\\[\\]]", "");
  }
}
