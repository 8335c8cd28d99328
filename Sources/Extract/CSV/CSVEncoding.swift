import Delimited

/// The encodings in which files may be written, by the names that pipelines give them.
package enum CSVEncoding: String, Hashable, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case windows1252 = "windows-1252"
  case iso88591 = "iso-8859-1"
  case iso885915 = "iso-8859-15"

  var delimited: DelimitedFormat.Encoding {
    switch self {
    case .utf8: .utf8
    case .utf16: .utf16
    case .utf16LittleEndian: .utf16LittleEndian
    case .utf16BigEndian: .utf16BigEndian
    case .windows1252: .windows1252
    case .iso88591: .iso88591
    case .iso885915: .iso885915
    }
  }
}
