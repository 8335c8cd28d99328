/// The lines of a text file, without their ends, numbered as YAML and every editor number them.
///
/// A line ends at LF, CR, CR LF, U+0085, U+2028 or U+2029; the text after the last end is a line
/// too, even when it is empty.
package func sourceLines(of text: String) -> [String] {
  var lines: [String] = []
  var line = String.UnicodeScalarView()
  var afterReturn = false
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n" where afterReturn:
      afterReturn = false
    case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
      lines.append(String(line))
      line = String.UnicodeScalarView()
      afterReturn = scalar == "\r"
    default:
      line.append(scalar)
      afterReturn = false
    }
  }
  lines.append(String(line))
  return lines
}
