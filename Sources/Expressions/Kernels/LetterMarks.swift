/// Letters of Latin-1 and Latin Extended-A without their marks, ligatures as two letters.
enum LetterMarks {
  private static let groups: [(letters: String, plain: String)] = [
    ("ÀÁÂÃÄÅĀĂĄ", "A"), ("Æ", "AE"), ("ÇĆĈĊČ", "C"), ("ÐĎĐ", "D"), ("ÈÉÊËĒĔĖĘĚ", "E"),
    ("ĜĞĠĢ", "G"), ("ĤĦ", "H"), ("ÌÍÎÏĨĪĬĮİ", "I"), ("Ĳ", "IJ"), ("Ĵ", "J"), ("Ķ", "K"),
    ("ĹĻĽĿŁ", "L"), ("ÑŃŅŇŊ", "N"), ("ÒÓÔÕÖØŌŎŐ", "O"), ("Œ", "OE"), ("ŔŖŘ", "R"),
    ("ŚŜŞŠ", "S"), ("ŢŤŦ", "T"), ("Þ", "TH"), ("ÙÚÛÜŨŪŬŮŰŲ", "U"), ("Ŵ", "W"), ("ÝŶŸ", "Y"),
    ("ŹŻŽ", "Z"), ("àáâãäåāăą", "a"), ("æ", "ae"), ("çćĉċč", "c"), ("ðďđ", "d"),
    ("èéêëēĕėęě", "e"), ("ĝğġģ", "g"), ("ĥħ", "h"), ("ìíîïĩīĭįı", "i"), ("ĳ", "ij"), ("ĵ", "j"),
    ("ķĸ", "k"), ("ĺļľŀł", "l"), ("ñńņňŉŋ", "n"), ("òóôõöøōŏő", "o"), ("œ", "oe"), ("ŕŗř", "r"),
    ("śŝşšſ", "s"), ("ß", "ss"), ("ţťŧ", "t"), ("þ", "th"), ("ùúûüũūŭůűų", "u"), ("ŵ", "w"),
    ("ýÿŷ", "y"), ("źżž", "z"),
  ]

  /// The plain letters of each code point from U+0080 to U+07FF, empty for a combining mark, `nil`
  /// for those that stay.
  private static let table: [[UInt8]?] = {
    var table = [[UInt8]?](repeating: nil, count: 0x780)
    for group in groups {
      for scalar in group.letters.unicodeScalars {
        table[Int(scalar.value) - 0x80] = Array(group.plain.utf8)
      }
    }
    for mark in 0x300...0x36F { table[mark - 0x80] = [] }
    return table
  }()

  /// The plain letters of a character of two bytes, or `nil` when it stays.
  @inline(__always)
  static func plain(_ first: UInt8, _ second: UInt8) -> [UInt8]? {
    let code = Int(first & 0x1F) << 6 | Int(second & 0x3F)
    return code >= 0x80 ? table[code - 0x80] : nil
  }
}
