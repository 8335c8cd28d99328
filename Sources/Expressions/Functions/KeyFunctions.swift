import Columnar

extension ExpressionLanguage {
  static let keyFunctions: [FunctionSpec] = [
    FunctionSpec(
      "pseudonym", .key,
      "The 43 characters (base64url) that stand for an identifier or local key in this project",
      [Signature([.init("key", .key)], .text, .pseudonym)],
      [
        .init(
          "pseudonym(IPP)", String(repeating: "A", count: 43),
          given: [
            .init(name: "IPP", type: .identifier(namespace: "ipp"), value: "0")
          ])
      ]),
    FunctionSpec(
      "department", .key,
      """
      The French department of a postcode: two characters, three overseas, `2A` or `2B` in \
      Corsica; null when it is no French postcode
      """,
      [Signature([.init("postcode", .raw)], .text, .department)],
      [
        .init("department(CP)", "69", given: [postcode("69003")]),
        .init("department(CP)", "974", given: [postcode("97400")]),
        .init("department(CP)", "2A", given: [postcode("20000")]),
      ]),
    FunctionSpec(
      "birth_year", .key,
      """
      The year of birth that a NIR tells, the latest that is not after the run's year; null when \
      it is no NIR
      """,
      [
        Signature([.init("nir", .raw)], result: "integer") { checker, call in
          let lastYear = CivilCalendar.date(days: checker.environment.asOf).year
          return checker.call(.integer, .birthYear(lastYear: lastYear), call.nodes, call.range)
        }
      ],
      [.init("birth_year(NIR)", "1984", given: [nir])]),
    FunctionSpec(
      "nir_sex", .key, "The sex that a NIR tells, `1` or `2`; null when it is no NIR",
      [Signature([.init("nir", .raw)], .text, .nirSex)],
      [.init("nir_sex(NIR)", "2", given: [nir])]),
  ]

  private static func postcode(_ value: String) -> FunctionSpec.Example.Given {
    .init(name: "CP", type: .identifier(namespace: "cp"), value: value)
  }

  private static let nir = FunctionSpec.Example.Given(
    name: "NIR", type: .identifier(namespace: "nir"), value: "2840578006048")
}

extension Kernel {
  static let pseudonym = Kernel { frame in
    let alphabet = Array(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var writer = TextWriter(count: frame.count, bytes: frame.count * 43)
    for digest in frame.operands[0].column.digests {
      for place in 0..<43 {
        // Six bits from bit `place * 6`; the last place has four, and two zeros after them.
        let bit = place * 6
        let word = digest.word(bit >> 6)
        let inWord = bit & 63
        var sextet = (word << UInt64(inWord)) >> 58
        if inWord > 58, bit >> 6 < 3 {
          sextet |= digest.word((bit >> 6) + 1) >> UInt64(122 - inWord)
        }
        writer.append(byte: alphabet[Int(sextet)])
      }
      writer.close()
    }
    return writer.values
  }

  static let department = Kernel { frame in
    let texts = frame.operands[0].column.texts
    var writer = TextWriter(count: frame.count, bytes: frame.count * 3)
    for row in 0..<frame.count {
      let text = texts.span(row)
      let range = Bytes.trimmed(text)
      if range.count == 5, let number = IsoFormat.digits(text, range.lowerBound, 5) {
        switch number / 1000 {
        case 20 where number / 100 == 200 || number / 100 == 201:
          writer.append(Array("2A".utf8))
        case 20 where number / 100 == 202 || number / 100 == 206:
          writer.append(Array("2B".utf8))
        case 1...19, 21...95: writer.append(digits: UInt64(number / 1000), width: 2)
        case 97, 98: writer.append(digits: UInt64(number / 100), width: 3)
        default: frame.setNull(row)
        }
      } else {
        frame.setNull(row)
      }
      writer.close()
    }
    return writer.values
  }

  /// The sex and the two digits of the year of birth in a NIR of 13 characters, with its key of two
  /// digits or without it.
  private static func birth(_ text: Span<UInt8>) -> (sex: UInt8, year: Int64)? {
    let range = Bytes.trimmed(text)
    guard range.count == 13 || range.count == 15,
      let year = IsoFormat.digits(text, range.lowerBound + 1, 2)
    else { return nil }
    let sex = text[range.lowerBound]
    return sex == UInt8(ascii: "1") || sex == UInt8(ascii: "2") ? (sex, year) : nil
  }

  static func birthYear(lastYear: Int64) -> Kernel {
    Kernel { frame in
      frame.readTexts(failing: nil) { text in
        guard let (_, short) = birth(text) else { return nil }
        let year = lastYear / 100 * 100 + short
        return year > lastYear ? year - 100 : year
      }
    }
  }

  static let nirSex = Kernel { frame in
    let texts = frame.operands[0].column.texts
    var writer = TextWriter(count: frame.count, bytes: frame.count)
    for row in 0..<frame.count {
      if let (sex, _) = birth(texts.span(row)) {
        writer.append(byte: sex)
      } else {
        frame.setNull(row)
      }
      writer.close()
    }
    return writer.values
  }
}
