import EcluseKit

/// The step `split-quantity`: parts `5.4 mmol/L` into an amount and a unit.
///
/// It gets one column of texts and computes a decimal and a text. The setting `separator` is what
/// stands between the two, a space by default. Results that do not begin with a number, such as
/// `negative`, have neither.
public struct SplitQuantity: Step {
  private let separator: UInt8
  private let amount: ColumnType
  private let scale: Int

  /// Looks whether columns and settings suit the step.
  public init(_ settings: StepSettings) throws {
    guard settings.inputs.map(\.type) == [.text] else {
      throw StageError("split-quantity gets one column of texts")
    }
    guard settings.outputs.count == 2, case .decimal(let scale) = settings.outputs[0].type,
      settings.outputs[1].type == .text
    else {
      throw StageError("split-quantity computes a decimal and a text, in this order")
    }
    let separator = settings.settings["separator"] ?? " "
    guard let byte = separator.utf8.first, separator.utf8.count == 1 else {
      throw StageError("the separator of split-quantity is one character of ASCII")
    }
    self.separator = byte
    self.scale = scale
    amount = .decimal(scale: scale)
  }

  /// Parts each result at the first separator.
  public func columns(of rows: Batch, refused: inout [RefusedRow]) throws -> [Column] {
    let results = rows.columns[0]
    var amounts = ColumnBuilder(amount, capacity: rows.count)
    var units = ColumnBuilder(.text, capacity: rows.count)
    for row in 0..<rows.count {
      let text = results.texts.span(row)
      guard results.isValid(row), let end = text.indices.first(where: { text[$0] == separator }),
        let value = decimal(text.extracting(0..<end))
      else {
        amounts.appendNull()
        units.appendNull()
        continue
      }
      amounts.append(lane: value)
      units.append(bytes: text.extracting((end + 1)..<text.count))
    }
    return [amounts.finish(), units.finish()]
  }

  /// A number without sign or exponent, times ten to the scale; `nil` when it is none.
  private func decimal(_ text: Span<UInt8>) -> Int64? {
    var value: Int64 = 0
    var decimals: Int?
    guard text.count > 0, text.count <= 12 else { return nil }
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: ".") where decimals == nil && index > 0: decimals = 0
      case let byte where (48...57).contains(byte):
        value = value * 10 + Int64(byte - 48)
        if let count = decimals { decimals = count + 1 }
      default: return nil
      }
    }
    guard decimals ?? 0 <= scale else { return nil }
    for _ in (decimals ?? 0)..<scale {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      value = product
    }
    return value
  }
}
