extension PersonHistory {
  /// Adds the stays of a life, in order and without overlap, and what happens within them.
  mutating func addStays(rich: Bool) {
    let first = max(Self.firstDay, birth + 30)
    var day = first + random.below(max(1, (Self.lastDay.number - first.number) * 3 / 4))
    let planned: Int
    switch random.below(100) {
    case _ where rich:
      planned = 3
      day = Day(2019, random.number(in: 1...6), random.number(in: 1...28))
    case 0..<8: planned = 0
    case 8..<16:
      // A long history, from the first years of the hospital's records on.
      planned = random.number(in: 12...30)
      day = first + random.below(300)
    default: planned = 1 + min(random.below(4), random.below(7))
    }
    lasting = DiagnosisCode.lasting.filter {
      $0.suits(age: age(on: day), sex: sex) && random.percent(22)
    }
    for ordinal in 0..<planned {
      let left = Self.lastDay.number - day.number
      guard left > 30 else { break }
      day = day + random.below(max(1, min(900, left * 2 / (planned - ordinal + 1))))
      guard day.number < Self.lastDay.number - 25 else { break }
      let last = addStay(ordinal, on: day, rich: rich && ordinal < 2)
      day = last + 1
    }
    if !rich, planned > 0, index % 40 == 7, stays.count < 60 { addOpenStay() }
  }

  /// Adds a stay that begins on a day and returns the day it ends on.
  private mutating func addStay(_ ordinal: Int, on day: Day, rich: Bool) -> Day {
    let kind: StayKind
    switch random.below(100) {
    case _ where rich: kind = .full
    case 0..<26: kind = .full
    case 26..<38: kind = .emergencyThenFull
    case 38..<56: kind = .emergency
    case 56..<78: kind = .clinic
    case 78..<90: kind = .day
    default: kind = age(on: day) > 40 ? .session : .clinic
    }
    let entry = Moment(
      day: day, hour: random.number(in: 7...15), minute: random.below(12) * 5)
    let exit: Moment
    switch kind {
    case .full:
      exit = Moment(
        day: day + random.number(in: (rich ? 3 : 1)...14), hour: random.number(in: 10...16),
        minute: random.below(60))
    case .emergencyThenFull:
      exit = Moment(
        day: day + random.number(in: 1...9), hour: random.number(in: 10...16),
        minute: random.below(60))
    case .emergency: exit = Moment(minutes: entry.minutes + random.number(in: 45...420))
    case .day, .session: exit = Moment(minutes: entry.minutes + random.number(in: 180...360))
    case .clinic: exit = Moment(minutes: entry.minutes + random.number(in: 15...60))
    }
    addStay(number: stayNumber(ordinal), kind: kind, entry: entry, exit: exit, rich: rich)
    return exit.day
  }

  /// Adds a stay that has not ended when the export is made.
  private mutating func addOpenStay() {
    let entry = Moment(
      day: Self.lastDay + -random.below(12), hour: random.number(in: 8...20),
      minute: random.below(60))
    guard stays.last.flatMap({ $0.exit }).map({ $0 < entry }) ?? true else { return }
    addStay(
      number: stayNumber(stays.count + 1), kind: .emergencyThenFull, entry: entry, exit: nil,
      rich: false)
  }

  private mutating func addStay(
    number: String, kind: StayKind, entry: Moment, exit: Moment?, rich: Bool
  ) {
    var stay = StayRow(
      number: number, ipp: ipp, year: entry.day.year, entry: entry, exit: exit, kind: kind,
      entryMode: "8", origin: "", exitMode: "", destination: "", unit: "")
    switch kind {
    case .full:
      stay.unit = random.pick(HospitalUnit.codes(.full))
      if random.percent(25) {
        stay.entryMode = random.pick(["6", "7"])
        stay.origin = random.pick(["1", "1", "2", "4"])
      }
    case .emergencyThenFull:
      stay.unit = random.pick(HospitalUnit.codes(.full))
      stay.origin = "5"
    case .emergency: stay.unit = age(on: entry.day) < 16 ? "0991" : "0990"
    case .clinic: stay.unit = random.pick(HospitalUnit.codes(.clinic))
    case .day: stay.unit = random.pick(HospitalUnit.codes(.day))
    case .session: stay.unit = random.pick(["0711", "0811"])
    }
    if random.percent(3) { stay.unit = "" }
    if kind == .clinic, random.percent(50) { stay.entryMode = "" }
    if exit != nil, kind != .clinic {
      stay.exitMode = "8"
      if kind == .full || kind == .emergencyThenFull, random.percent(20) {
        stay.exitMode = random.pick(["6", "7"])
        stay.destination = random.pick(["1", "2", "2", "6"])
      }
    }
    stays.append(stay)
    addEvents(of: stay, until: exit ?? Moment(day: Self.lastDay, hour: 23, minute: 30), rich: rich)
  }
}
