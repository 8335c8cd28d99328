import Testing

@testable import SampleData

struct PersonHistoryTests {
  @Test(arguments: [1 as UInt64, 2, 3])
  func `events happen in order, within their stay, between birth and death`(seed: UInt64) throws {
    for index in 0..<400 {
      let person = PersonHistory(index: index, seed: seed, rich: false)
      var last = Moment(day: person.birth, hour: 0, minute: 0)
      var stays: [String: StayRow] = [:]
      for stay in person.stays {
        let entry = try #require(stay.entry)
        #expect(last < entry)
        #expect(stay.year == entry.day.year && HCLSample.years.contains(stay.year))
        last = stay.exit ?? entry
        #expect(entry <= last)
        stays[stay.number] = stay
      }
      #expect(stays.count == person.stays.count)
      #expect(person.stays.dropLast().allSatisfy { $0.exit != nil })
      for act in person.acts {
        #expect(holds(try #require(stays[act.stay]), try #require(act.time)))
      }
      for row in person.administrations {
        #expect(holds(try #require(stays[row.stay]), try #require(row.start)))
        if let end = row.end { #expect(try #require(row.start) <= end) }
      }
      for row in person.results where !row.stay.isEmpty {
        #expect(holds(try #require(stays[row.stay]), row.time))
      }
      for row in person.diagnoses { #expect(stays[row.stay] != nil) }
      let end = person.patients.last?.death?.last ?? PersonHistory.delivered
      #expect(person.lastEvent <= end)
      #expect(end <= PersonHistory.delivered)
    }
  }

  private func holds(_ stay: StayRow, _ time: Moment) -> Bool {
    guard let entry = stay.entry else { return false }
    return entry <= time
      && time <= (stay.exit ?? Moment(day: PersonHistory.delivered, hour: 0, minute: 0))
  }

  @Test func `codes suit the sex of the person`() {
    for index in 0..<500 {
      let person = PersonHistory(index: index, seed: 4, rich: false)
      for row in person.diagnoses {
        #expect(row.code?.sex == nil || row.code?.sex == person.sex)
        if person.sex == .male { #expect(!["O800", "O149"].contains(row.code?.code ?? "")) }
      }
      for row in person.results { #expect(row.code.sex == nil || row.code.sex == person.sex) }
    }
  }

  @Test func `histories are long for some and empty for others`() {
    let persons = (0..<500).map { PersonHistory(index: $0, seed: 9, rich: false) }
    #expect(persons.contains { $0.stays.isEmpty && $0.results.isEmpty })
    #expect(persons.contains { $0.stays.isEmpty && !$0.results.isEmpty })
    #expect(persons.contains { $0.stays.last?.exit == nil && !$0.stays.isEmpty })
    #expect(
      persons.contains { person in
        guard let first = person.stays.first?.year, let last = person.stays.last?.year else {
          return false
        }
        return last - first >= 18
      })
  }

  @Test func `a person to be spoiled has what each mistake needs`() {
    for index in 0..<300 {
      let person = PersonHistory(index: index, seed: 12, rich: true)
      let first = person.stays[0].number
      #expect(person.stays.count >= 2 && person.stays[1].exit != nil)
      #expect(person.diagnoses[0...3].allSatisfy { $0.stay == first })
      #expect(person.acts[0].stay == first && person.acts[0].activity == "1")
      #expect(person.results[0...5].allSatisfy { $0.stay == first })
      #expect(person.administrations[0].stay == first)
      #expect(person.patients.count == 1 && person.patients[0].death == nil)
    }
  }

  @Test func `nobody has the number of an inhabitant`() throws {
    for index in 0..<200 {
      let nir = PersonHistory(index: index, seed: 1, rich: false).patients[0].nir
      #expect(nir.utf8.count == 15)
      #expect(nir.dropFirst(5).prefix(2) == "00")
      let body = try #require(Int(nir.prefix(13)))
      #expect(try #require(Int(nir.suffix(2))) == 97 - body % 97)
    }
  }

  @Test(arguments: [44, 60, 300, 999, 1000, 5000])
  func `each mistake is planted once in a thousand persons`(persons: Int) {
    let planted = (0..<persons).compactMap { Dirt.planted(in: $0, of: persons) }
    for dirt in Dirt.allCases {
      let count = planted.count { $0 == dirt }
      #expect(count == max(1, (persons + 999) / 1000) || count == persons / 1000)
      #expect(count >= 1)
    }
  }
}
