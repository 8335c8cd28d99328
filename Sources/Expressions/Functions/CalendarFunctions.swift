import Columnar

extension ExpressionLanguage {
  static let calendarFunctions: [FunctionSpec] = [
    FunctionSpec(
      "date_trunc", .date,
      """
      The beginning of the year, quarter, month, week (Monday), day, hour, minute or second; of a \
      date a date, of a timestamp a timestamp
      """,
      shapes([.init("unit", .literal)], [], "as x") { checker, call in checker.truncated(call) },
      [
        .init("date_trunc('month', date '2024-01-31')", "2024-01-01"),
        .init("date_trunc('hour', timestamp '2024-01-31 14:05:00')", "2024-01-31 14:00:00"),
      ]),
    FunctionSpec(
      "date_add", .date,
      """
      The date or timestamp so many years, quarters, months (a day that the month lacks becomes \
      its last), weeks, days, hours, minutes or seconds later; hours and less make a date a timestamp
      """,
      shapes([.init("unit", .literal), .integer("count")], [], "as x") { checker, call in
        checker.added(call)
      },
      [
        .init("date_add('month', -1, date '2024-03-31')", "2024-02-29"),
        .init("date_add('hour', 36, date '2024-01-31')", "2024-02-01 12:00:00"),
      ]),
    FunctionSpec(
      "date_diff", .date,
      """
      The whole years, quarters, months, weeks, days, hours, minutes or seconds from one date or \
      timestamp to another, below 0 when that is earlier: an age in years or months; a month is \
      whole when its day is reached again
      """,
      [ExpressionType.date, .timestamp].map { type in
        Signature(
          [.init("unit", .literal), .init("from", .value(type)), .init("to", .value(type))],
          result: "integer"
        ) { checker, call in checker.difference(call) }
      },
      [
        .init("date_diff('year', date '1960-02-29', date '2024-02-28')", "63"),
        .init("date_diff('month', date '2024-01-31', date '2024-03-30')", "1"),
        .init("date_diff('hour', date '2024-01-31', timestamp '2024-02-01 12:30:00')", "36"),
      ]),
    FunctionSpec(
      "end_of_month", .date, "The last day of the month",
      [
        signature(.date, .date, Kernel.endOfMonth), signature(.timestamp, .date, Kernel.endOfMonth),
      ],
      [.init("end_of_month(date '2024-02-01')", "2024-02-29")]),
    numberFunction("quarter", .quarter, "The quarter of the year, 1 to 4", "1"),
    numberFunction("iso_week", .isoWeek, "The week of ISO 8601, 1 to 53", "5"),
    numberFunction("iso_year", .isoYear, "The year to which the week of ISO 8601 belongs", "2024"),
    numberFunction("day_of_week", .dayOfWeek, "The day of the week, 1 (Monday) to 7 (Sunday)", "3"),
    numberFunction("day_of_year", .dayOfYear, "The day of the year, 1 to 366", "31"),
    timeFunction(.hour, "14"), timeFunction(.minute, "5"), timeFunction(.second, "9"),
    FunctionSpec(
      "make_timestamp", .date,
      "The timestamp of a day and a time; fails (`not_a_timestamp`) without one",
      [
        Signature(
          [.date("day"), .integer("hour"), .integer("minute"), .integer("second").optional],
          .timestamp, .makeTimestamp(fromDate: true)),
        Signature(
          [
            .integer("year"), .integer("month"), .integer("day"), .integer("hour"),
            .integer("minute"), .integer("second").optional,
          ], .timestamp, .makeTimestamp(fromDate: false)),
      ],
      [
        .init("make_timestamp(date '2024-01-31', 14, 5)", "2024-01-31 14:05:00"),
        .init("make_timestamp(2024, 1, 31, 14, 5, 9)", "2024-01-31 14:05:09"),
      ]),
    FunctionSpec(
      "to_epoch", .date,
      "The whole seconds since 1970-01-01 00:00:00, by the clock of the timestamp",
      [Signature([.timestamp("x")], .integer, .toEpoch)],
      [.init("to_epoch(timestamp '1970-01-02 00:00:01')", "86401")]),
    FunctionSpec(
      "from_epoch", .date, "The timestamp so many seconds after 1970-01-01 00:00:00",
      [Signature([.integer("seconds")], .timestamp, .fromEpoch)],
      [.init("from_epoch(1706709900)", "2024-01-31 14:05:00")]),
    FunctionSpec(
      "to_text", .date,
      """
      The date or timestamp written in a pattern of `yyyy`, `yy`, `MM`, `dd`, `HH`, `mm`, `ss`, \
      `SSS`; `cast(x as text)` writes ISO 8601
      """,
      [ExpressionType.date, .timestamp].map { type in
        Signature([.init("x", .value(type)), .init("pattern", .literal)], result: "text") {
          checker, call in checker.writing(call)
        }
      },
      [
        .init("to_text(date '2024-01-31', 'yyyyMM')", "202401"),
        .init("to_text(timestamp '2024-01-31 14:05:00', 'dd/MM/yyyy HH:mm')", "31/01/2024 14:05"),
      ]),
  ]

  /// The two signatures of a function of a date or a timestamp `x`.
  private static func shapes(
    _ before: [Signature.Parameter], _ after: [Signature.Parameter], _ result: String,
    _ build: @escaping @Sendable (inout Checker, Signature.Call) -> Node?
  ) -> [Signature] {
    [ExpressionType.date, .timestamp].map { type in
      Signature(before + [.init("x", .value(type))] + after, result: result, build: build)
    }
  }

  private static func signature(
    _ type: ExpressionType, _ result: ExpressionType, _ kernel: (ExpressionType) -> Kernel
  ) -> Signature {
    Signature([.init("x", .value(type))], result, kernel(type))
  }

  private static func numberFunction(
    _ name: String, _ number: DayNumber, _ summary: String, _ result: String
  ) -> FunctionSpec {
    FunctionSpec(
      name, .date, summary,
      [
        signature(.date, .integer) { .number(number, $0) },
        signature(.timestamp, .integer) { .number(number, $0) },
      ],
      [.init("\(name)(date '2024-01-31')", result)])
  }

  private static func timeFunction(_ unit: CalendarUnit, _ result: String) -> FunctionSpec {
    FunctionSpec(
      unit.rawValue, .date,
      "The \(unit) of a timestamp; `extract(\(unit) from x)` is the same",
      [Signature([.timestamp("x")], .integer, .extract(unit, .timestamp))],
      [.init("\(unit)(timestamp '2024-01-31 14:05:09')", result)])
  }
}

extension Checker {
  /// The unit that the first argument writes.
  private mutating func unit(_ call: Signature.Call) -> DateUnit? {
    guard let word = call.nodes[0].constant?.texts[0] else { return nil }
    if let unit = DateUnit(word: word) { return unit }
    error(
      "unknown-unit", "“\(word)” is no unit of dates", call.syntaxes[0].range,
      hint: DateUnit.allCases.map(\.rawValue).joined(separator: ", "))
    return nil
  }

  fileprivate mutating func truncated(_ call: Signature.Call) -> Node? {
    guard let unit = unit(call) else { return nil }
    let node = call.nodes[1]
    if node.type == .date, unit.isTimeOfDay {
      mismatch("a date has no \(unit)", call.syntaxes[0].range)
      return nil
    }
    return self.call(node.type, .truncate(to: unit, node.type), [node], call.range)
  }

  fileprivate mutating func added(_ call: Signature.Call) -> Node? {
    guard let unit = unit(call) else { return nil }
    let type: ExpressionType = unit.isTimeOfDay ? .timestamp : call.nodes[2].type
    guard let node = widen(call.nodes[2], type, call.syntaxes[2].range) else { return nil }
    return self.call(type, .add(unit, type), [node, call.nodes[1]], call.range)
  }

  fileprivate mutating func difference(_ call: Signature.Call) -> Node? {
    guard let unit = unit(call) else { return nil }
    let type: ExpressionType = unit.isTimeOfDay ? .timestamp : call.nodes[1].type
    guard let from = widen(call.nodes[1], type, call.syntaxes[1].range),
      let to = widen(call.nodes[2], type, call.syntaxes[2].range)
    else { return nil }
    return self.call(.integer, .difference(unit, type), [from, to], call.range)
  }

  fileprivate mutating func writing(_ call: Signature.Call) -> Node? {
    guard let text = call.nodes[1].constant?.texts[0] else { return nil }
    let type = call.nodes[0].type
    guard let pattern = DatePattern(writing: text, hasTime: type == .timestamp) else {
      error(
        "bad-pattern", "“\(text)” is no pattern of a \(type)", call.syntaxes[1].range,
        hint: type == .date
          ? "it has yyyy, yy, MM and dd, once each at most"
          : "it has yyyy, yy, MM, dd, HH, mm, ss and SSS, once each at most")
      return nil
    }
    return self.call(.text, .write(pattern, type), [call.nodes[0]], call.range)
  }
}
