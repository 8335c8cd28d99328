import Columnar
import Testing

@Suite struct CivilCalendarTests {
  @Test(
    arguments: [
      (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11016), (2000, 3, 1, 11017),
      (1600, 1, 1, -135_140), (1582, 10, 15, -141_427), (2024, 12, 31, 20088),
      (9999, 12, 31, 2_932_896), (1, 1, 1, -719_162), (0, 3, 1, -719_468),
    ] as [(Int64, Int64, Int64, Int64)])
  func `knows the days of remarkable dates`(year: Int64, month: Int64, day: Int64, days: Int64) {
    #expect(CivilCalendar.days(year: year, month: month, day: day) == days)
    #expect(
      CivilCalendar.date(days: days) == CivilDate(year: year, month: month, day: day))
  }

  @Test func `counts every day of a thousand years once and in order`() {
    var expected = CivilCalendar.days(year: 1500, month: 1, day: 1)
    var wrong = 0
    for year in Int64(1500)..<2500 {
      for month in Int64(1)...12 {
        for day in 1...CivilCalendar.daysInMonth(month, of: year) {
          let date = CivilDate(year: year, month: month, day: day)
          if CivilCalendar.days(date) != expected { wrong += 1 }
          if CivilCalendar.date(days: expected) != date { wrong += 1 }
          if !CivilCalendar.isDate(year: year, month: month, day: day) { wrong += 1 }
          expected += 1
        }
      }
    }
    #expect(wrong == 0)
    #expect(expected == CivilCalendar.days(year: 2500, month: 1, day: 1))
  }

  @Test(
    arguments: [
      (2025, 13, 45), (2025, 2, 29), (1900, 2, 29), (2025, 0, 1), (2025, 1, 0), (2025, 4, 31),
      (2025, -1, 5), (2025, 13, 1), (2000, 2, 30),
    ] as [(Int64, Int64, Int64)])
  func `refuses days that the calendar has not`(year: Int64, month: Int64, day: Int64) {
    #expect(!CivilCalendar.isDate(year: year, month: month, day: day))
  }

  @Test func `finds the parts of moments before and after 1970`() {
    let moments = [
      CivilTimestamp(CivilDate(year: 1969, month: 12, day: 31), hour: 23, minute: 59, second: 59),
      CivilTimestamp(
        CivilDate(year: 1600, month: 2, day: 29), hour: 1, minute: 2, second: 3, microsecond: 4),
      CivilTimestamp(CivilDate(year: 2024, month: 2, day: 29), hour: 12, minute: 30),
    ]
    for moment in moments {
      let microseconds = CivilCalendar.microseconds(moment)
      #expect(CivilCalendar.timestamp(microseconds: microseconds) == moment)
      #expect(
        CivilCalendar.days(ofMicroseconds: microseconds) == CivilCalendar.days(moment.date))
    }
    #expect(CivilCalendar.microseconds(moments[0]) == -1_000_000)
  }

  @Test func `names weekdays from Monday`() {
    #expect(CivilCalendar.weekday(days: 0) == 4)
    #expect(CivilCalendar.weekday(days: -4) == 7)
    #expect(CivilCalendar.weekday(days: 4) == 1)
  }

  @Test func `knows which times of day a clock shows`() {
    #expect(CivilCalendar.isTime(hour: 23, minute: 59, second: 59))
    #expect(!CivilCalendar.isTime(hour: 24, minute: 0, second: 0))
    #expect(!CivilCalendar.isTime(hour: 0, minute: 60, second: 0))
    #expect(!CivilCalendar.isTime(hour: 0, minute: 0, second: 60))
  }
}
