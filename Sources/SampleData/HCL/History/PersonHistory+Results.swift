extension PersonHistory {
  /// Adds a result; an empty stay is a sample taken outside the hospital.
  mutating func addResult(stay: String, at time: Moment) {
    var code = random.pick(ResultCode.all)
    if let sex = code.sex, sex != self.sex { code = .creatinine }
    var row = ResultRow(
      number: nextResultNumber(), ipp: ipp, stay: stay, code: code, time: time, type: "", value: "",
      unit: code.unit)
    switch code.kind {
    case .implied: break
    case .coded(let answers):
      row.type = "C"
      row.value = random.pick(answers)
    case .number(let range, let scale):
      if random.percent(2) {
        row.type = "T"
        row.value = random.pick(Self.remarks)
        row.unit = ""
        break
      }
      setNumber(of: &row, range: range, scale: scale)
    }
    results.append(row)
  }

  private mutating func setNumber(of row: inout ResultRow, range: ClosedRange<Int>, scale: Int) {
    var mantissa = random.number(in: range)
    var mark = ""
    if let below = row.code.limits.below, mantissa < below || random.percent(4) {
      (mantissa, mark) = (below, random.percent(90) ? "<" : "<=")
    } else if let above = row.code.limits.above, mantissa > above || random.percent(4) {
      (mantissa, mark) = (above, random.percent(90) ? ">" : ">=")
    }
    row.type = "N"
    row.decimal = SampleDecimal(mantissa, scale: scale)
    row.value = mark + SampleDecimal(mantissa, scale: scale).french
    row.low = row.code.bounds.low.map { SampleDecimal($0, scale: scale) }
    row.high = row.code.bounds.high.map { SampleDecimal($0, scale: scale) }
  }

  /// What the laboratory writes when there is no number.
  ///
  /// The last one has fifty characters, as
  /// many as the CDM holds, and more bytes than that in UTF-8.
  static let remarks = [
    "Sérum hémolysé", "Non réalisé", "Tube coagulé, à refaire",
    "Prélèvement hémolysé, à répéter dès qu’il se peut.",
  ]

  /// Adds the results of samples taken outside the hospital, after the stays or without any.
  mutating func addOutsideResults() {
    let count = stays.isEmpty ? random.below(4) : random.percent(15) ? 1 + random.below(2) : 0
    var day = stays.isEmpty ? max(Self.firstDay, birth + 200) : lastEvent
    for _ in 0..<count {
      day = day + 1 + random.below(200)
      guard day < Self.lastDay, stays.last.map({ $0.exit != nil }) ?? true else { return }
      addResult(
        stay: "", at: Moment(day: day, hour: random.number(in: 7...11), minute: random.below(60)))
    }
  }

  /// Adds an administration within a stay.
  mutating func addAdministration(stay: String, from entry: Moment, until end: Moment) {
    let code = random.pick(DrugCode.all)
    let start = moment(from: entry, until: end)
    var row = AdministrationRow(
      number: nextAdministrationNumber(), ipp: ipp, stay: stay, code: code,
      dose: random.pick(code.doses), start: start, end: nil)
    switch random.below(10) {
    case 0: row.state.dirty.append(DirtyCell(column: "FIN", text: "31/12/2099 00:00", reason: nil))
    case 1..<6:
      row.end = Moment(
        minutes: min(end.minutes, start.minutes + (code.route == "IV" ? 60 : 5)))
    default: break
    }
    administrations.append(row)
  }
}
