import Columnar

extension ExpressionLanguage {
  static let dateFunctions: [FunctionSpec] = [
    FunctionSpec(
      "date", .date, "The day of a timestamp",
      [
        Signature([.init("x", .value(.timestamp))], result: "date") { checker, call in
          guard let kernel = Kernel.cast(.timestamp, .date, trying: false) else { return nil }
          return checker.call(.date, kernel, call.nodes, call.range)
        }
      ],
      [.init("date(timestamp '2024-01-31 14:05:00')", "2024-01-31")]),
    FunctionSpec(
      "make_date", .date, "The day of a year, month and day; fails (`not_a_date`) without one",
      [
        Signature([.integer("year"), .integer("month"), .integer("day")], .date, .makeDate)
      ],
      [.init("make_date(2024, 2, 29)", "2024-02-29")]),
    FunctionSpec(
      "add_days", .date, "The date so many days later, as `x + count`",
      [Signature([.date("x"), .integer("count")], .date, .addDays(negative: false))],
      [
        .init("add_days(date '2024-02-28', 2)", "2024-03-01"),
        .init("date '2024-01-31' + interval '1' month", "2024-02-29"),
        .init("date '1960-01-01' + 23406", "2024-01-31"),
      ]),
    FunctionSpec(
      "days_between", .date, "The days from one date to another; timestamps count by their day",
      [
        Signature(
          [.date("from"), .date("to")], .integer,
          Kernel(canFail: true) { frame in
            frame.zipLanes(failing: .overflow) { $1.subtractingReportingOverflow($0) }
          }),
        Signature(
          [.init("from", .value(.timestamp)), .init("to", .value(.timestamp))], .integer,
          Kernel { frame in
            frame.zipLanes {
              CivilCalendar.days(ofMicroseconds: $1) - CivilCalendar.days(ofMicroseconds: $0)
            }
          }),
      ],
      [.init("days_between(date '2024-01-31', date '2024-03-01')", "30")]),
    unitFunction(.year, "2024"), unitFunction(.month, "1"), unitFunction(.day, "31"),
    FunctionSpec(
      "today", .date, "The day of the run, as `--as-of` gives it: never that of the clock",
      [
        Signature([], result: "date") { checker, _ in
          checker.constant(checker.environment.asOf, .date)
        }
      ],
      [.init("today() - 1", "2024-06-29")]),
    FunctionSpec(
      "to_date", .date,
      """
      The date that a text writes in a pattern of `yyyy`, `yy` (not after the run's year), `MM`, \
      `dd`; fails (`not_a_date`) otherwise
      """,
      [
        Signature([.text("x"), .init("pattern", .literal)], result: "date") { checker, call in
          checker.reading(call, .date, .notADate)
        }
      ],
      [.init("to_date('31/01/2024', 'dd/MM/yyyy')", "2024-01-31")]),
    FunctionSpec(
      "to_timestamp", .date,
      """
      The timestamp that a text writes in a pattern of `yyyy`, `yy`, `MM`, `dd`, `HH`, `mm`, `ss`, \
      `SSS`; fails (`not_a_timestamp`) otherwise
      """,
      [
        Signature(
          [.text("x"), .init("pattern", .literal)], result: "timestamp"
        ) { checker, call in
          checker.reading(call, .timestamp, .notATimestamp)
        }
      ],
      [.init("to_timestamp('31012024 1405', 'ddMMyyyy HHmm')", "2024-01-31 14:05:00")]),
  ]

  /// `year(x)`, `month(x)`, `day(x)`.
  private static func unitFunction(_ unit: CalendarUnit, _ result: String) -> FunctionSpec {
    func signature(_ type: ExpressionType) -> Signature {
      Signature([.init("x", .value(type))], .integer, .extract(unit, type))
    }
    return FunctionSpec(
      unit.rawValue, .date,
      "The \(unit) of a date, timestamp or partial date, null when it is not known; "
        + "`extract(\(unit) from x)` is the same",
      [signature(.date), signature(.timestamp), signature(.partialDate)],
      [.init("\(unit)(date '2024-01-31')", result)])
  }

  static let partialDateFunctions: [FunctionSpec] = [
    FunctionSpec(
      "first_day", .partialDate, "The first day that a partial date may mean",
      [Signature([.init("p", .value(.partialDate))], .date, .complete(.first))],
      [.init("first_day(DECES)", "2020-05-01", given: [death])]),
    FunctionSpec(
      "last_day", .partialDate, "The last day that a partial date may mean",
      [Signature([.init("p", .value(.partialDate))], .date, .complete(.last))],
      [.init("last_day(DECES)", "2020-05-31", given: [death])]),
    FunctionSpec(
      "middle_day", .partialDate,
      "The 15th of a partial date's month, 1 July when only its year is known",
      [Signature([.init("p", .value(.partialDate))], .date, .complete(.middle))],
      [.init("middle_day(DECES)", "2020-05-15", given: [death])]),
    FunctionSpec(
      "make_partial_date", .partialDate,
      """
      The partial date of a year, a month and a day, of which a null or 0 is unknown; null without a \
      year, fails (`not_a_date`) when there is no such date
      """,
      [
        Signature(
          [.integer("year"), .integer("month"), .integer("day").optional], .partialDate,
          .makePartialDate)
      ],
      [
        .init("make_partial_date(2020, 5)", "2020-05"),
        .init("last_day(make_partial_date(2020, null, null))", "2020-12-31"),
      ]),
    FunctionSpec(
      "precision", .partialDate, "How far a partial date is known: `year`, `month` or `day`",
      [Signature([.init("p", .value(.partialDate))], .text, .precision)],
      [
        .init("precision(DECES)", "month", given: [death]),
        .init("day(DECES)", "null", given: [death]),
      ]),
  ]

  private static let death = FunctionSpec.Example.Given(
    name: "DECES", type: .partialDate, value: "20200500")
}

extension Checker {
  /// A text read by a pattern.
  fileprivate mutating func reading(
    _ call: Signature.Call, _ type: ExpressionType, _ reason: FailureReason
  ) -> Node? {
    guard let text = call.nodes[1].constant?.texts[0] else { return nil }
    let asOf = CivilCalendar.date(days: environment.asOf).year
    guard let pattern = DatePattern(text, needsTime: type == .timestamp, lastYear: asOf) else {
      error(
        "bad-pattern", "“\(text)” is no pattern of a \(type)", call.syntaxes[1].range,
        hint: type == .date
          ? "it has yyyy or yy, MM and dd, once each"
          : "it has yyyy or yy, MM, dd and HH, then mm, ss, SSS if wanted, once each")
      return nil
    }
    let isDate = type == .date
    let kernel = Kernel(canFail: true) { frame in
      frame.readTexts(failing: reason) { text in
        let lane = pattern.microseconds(text)
        return isDate ? lane.map { CivilCalendar.days(ofMicroseconds: $0) } : lane
      }
    }
    return self.call(type, kernel, [call.nodes[0]], call.range)
  }
}
