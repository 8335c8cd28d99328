/// Everything that the export says of one person, rows in the order of events.
struct PersonHistory {
  let index: Int
  let ipp: String
  let sex: Sex
  let birth: Day
  var patients: [PatientRow] = []
  var stays: [StayRow] = []
  var diagnoses: [DiagnosisRow] = []
  var acts: [ActRow] = []
  var results: [ResultRow] = []
  var administrations: [AdministrationRow] = []

  var random: SampleRandom
  var lasting: [DiagnosisCode] = []
  var resultCount = 0
  var administrationCount = 0

  /// The first day of the hospital's records.
  static let firstDay = Day(2005, 1, 1)
  /// The last day on which something happens.
  static let lastDay = Day(2025, 12, 31)
  /// The day of the delivery, as the pipeline says it.
  static let delivered = Day(2026, 1, 5)

  /// The history of the person of an index; `rich` makes sure that there is something to spoil.
  init(index: Int, seed: UInt64, rich: Bool) {
    var random = SampleRandom(seed: seed, stream: 1, index: index)
    self.index = index
    ipp = padded(1_000_000 + index * 13 + random.below(13), 10)
    sex = random.percent(52) ? .female : .male
    let year = rich ? random.number(in: 1940...1960) : random.number(in: 1928...2018)
    birth = Day(year, random.number(in: 1...12), random.number(in: 1...28))
    self.random = random
    addStays(rich: rich)
    addOutsideResults()
    addDemographics(rich: rich)
  }

  /// The number of a stay: unique over persons, with zeros in front.
  func stayNumber(_ ordinal: Int) -> String { padded(index * 64 + ordinal + 1, 10) }

  mutating func nextResultNumber() -> String {
    resultCount += 1
    return padded(index * 4096 + resultCount, 12)
  }

  mutating func nextAdministrationNumber() -> String {
    administrationCount += 1
    return padded(index * 4096 + administrationCount, 12)
  }

  func age(on day: Day) -> Int { max(0, day.year - birth.year) }

  /// The last moment at which anything is known of the person.
  var lastEvent: Day {
    var last = Self.firstDay
    for stay in stays { last = max(last, (stay.exit ?? stay.entry)?.day ?? last) }
    for result in results { last = max(last, result.time.day) }
    for row in administrations { last = max(last, (row.end ?? row.start)?.day ?? last) }
    return last
  }
}
