extension PersonHistory {
  /// Adds what happens within a stay.
  mutating func addEvents(of stay: StayRow, until end: Moment, rich: Bool) {
    guard let entry = stay.entry, let kind = stay.kind else { return }
    let codes = diagnoses(of: kind, in: stay.unit, on: entry.day, rich: rich)
    for (rank, code) in codes.enumerated() {
      diagnoses.append(
        DiagnosisRow(
          stay: stay.number, rank: rank + 1,
          type: rank == 0 ? "DP" : rank == 1 && random.percent(30) ? "DR" : "DAS", code: code,
          entered: end.day))
    }
    addActs(of: stay, codes: codes, from: entry, until: end, rich: rich)
    let results: ClosedRange<Int>
    let drugs: ClosedRange<Int>
    switch kind {
    case .full, .emergencyThenFull: (results, drugs) = (rich ? 6...9 : 3...14, rich ? 2...4 : 1...6)
    case .emergency: (results, drugs) = (0...6, 0...2)
    case .day, .session: (results, drugs) = (0...5, 0...2)
    case .clinic: (results, drugs) = (0...2, 0...0)
    }
    for _ in 0..<random.number(in: results) {
      addResult(stay: stay.number, at: moment(from: entry, until: end))
    }
    for _ in 0..<random.number(in: drugs) {
      addAdministration(stay: stay.number, from: entry, until: end)
    }
  }

  /// The diagnoses of a stay, the principal one first, all of them different.
  private mutating func diagnoses(
    of kind: StayKind, in unit: String, on day: Day, rich: Bool
  ) -> [DiagnosisCode] {
    let age = age(on: day)
    let suitable = DiagnosisCode.passing.filter { $0.suits(age: age, sex: sex) }
    var codes: [DiagnosisCode] = []
    switch kind {
    case .clinic:
      guard random.percent(30) else { return [] }
      codes.append(random.pick(suitable))
    case .session: codes.append(unit == "0811" ? .dialysis : .chemotherapy)
    case .full where unit == "0610" && sex == .female && (18...44).contains(age) && !rich:
      codes += random.percent(15) ? [.preEclampsia, .liveBirth] : [.delivery, .liveBirth]
    default: codes.append(random.pick(suitable))
    }
    if kind == .full || kind == .emergencyThenFull {
      codes += lasting.prefix(3)
      while rich ? Set(codes.map { $0.code }).count < 4 : random.percent(25) {
        codes.append(random.pick(suitable))
      }
    }
    var seen: Set<String> = []
    return codes.filter { seen.insert($0.code).inserted }
  }

  private mutating func addActs(
    of stay: StayRow, codes: [DiagnosisCode], from entry: Moment, until end: Moment, rich: Bool
  ) {
    var wanted: [ActCode] = []
    for code in codes {
      if let act = ActCode.byDiagnosis.first(where: { $0.diagnosis == code.code })?.act,
        random.percent(60)
      {
        wanted.append(act)
      }
      switch code.code {
      case "Z491": wanted.append(.dialysis)
      case "O800": wanted.append(.delivery)
      case "O149": wanted.append(.caesarean)
      default: break
      }
    }
    let more = stay.kind == .clinic ? random.below(2) : random.below(3)
    for _ in 0..<more { wanted.append(random.pick(ActCode.common)) }
    if rich { wanted += [.electrocardiogram, .chestXRay] }
    for code in wanted {
      let time = moment(from: entry, until: end)
      let act = ActRow(
        stay: stay.number, code: code, time: time, phase: random.percent(85) ? "0" : "",
        activity: "1")
      acts.append(act)
      // The same act, twice at the same time, is no mistake.
      if random.percent(4) { acts.append(act) }
      guard code.anaesthesia else { continue }
      acts.append(
        ActRow(stay: stay.number, code: code, time: time, phase: "0", activity: "4"))
    }
    if !rich, random.percent(2), let last = acts.last, last.stay == stay.number {
      var second = last
      second.phase = "2"
      acts.append(second)
    }
  }

  /// A moment within a stay.
  mutating func moment(from entry: Moment, until end: Moment) -> Moment {
    Moment(minutes: entry.minutes + random.below(max(1, end.minutes - entry.minutes)))
  }
}
