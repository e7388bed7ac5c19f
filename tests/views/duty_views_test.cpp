// SPDX-License-Identifier: GPL-3.0-or-later
// A duty cycle in words, on the cards and in its box.
#include <gtest/gtest.h>

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <limits>

#include "sample_evaluation.h"
#include "views/models/card_content.h"
#include "views/widgets/duty_box.h"

Q_DECLARE_METATYPE(types::DutyCycle)

namespace {

using namespace views;
using types::DutyCost;
using types::DutyCycle;

/// One inference of 160 us every millisecond.
std::shared_ptr<types::Evaluation> evaluation() {
    auto evaluation = sample::evaluation();
    evaluation->totals.energyUj = types::Estimate{16, 12, 20};
    return evaluation;
}

DutyCost cost() {
    DutyCost cost;
    cost.cycle = {1, 0.01, 675};
    cost.periodShare = types::Estimate{0.16, 0.128, 0.192};
    cost.averagePowerMw = types::Estimate{16, 12, 20};
    cost.batteryHours = types::Estimate{42, 34, 56};
    return cost;
}

DutyCost lateCost() {
    DutyCost late = cost();
    late.cycle.periodMs = 0.1;
    late.periodShare = types::Estimate{1.6, 1.28, 1.92};
    return late;
}

TEST(PeriodText, IsExactInTheLargestUnitThatIsShort) {
    EXPECT_EQ(periodText(250), "250 ms");
    EXPECT_EQ(periodText(0.5), "0.5 ms");
    EXPECT_EQ(periodText(1500), "1.5 s");
    EXPECT_EQ(periodText(1234.5), "1234.5 ms");
    EXPECT_EQ(periodText(100e3), "100 s");
    EXPECT_EQ(periodText(90e3), "1.5 min");
    EXPECT_EQ(periodText(24 * 3600e3), "24 h");
}

TEST(PeriodText, IsReadBack) {
    for (double ms : {0.5, 20.0, 1234.5, 1500.0, 90e3, 100e3, 7200e3})
        EXPECT_EQ(parsePeriod(periodText(ms)), ms) << ms;
    EXPECT_EQ(parsePeriod("20"), 20);
    EXPECT_EQ(parsePeriod(" .5 S "), 500);
    for (const char* text : {"", "s", "1,5 s", "-1 s", "1 day", "1.2.3 ms", "off"})
        EXPECT_FALSE(parsePeriod(text)) << text;
}

TEST(PeriodText, StepsThroughRoundPeriods) {
    EXPECT_DOUBLE_EQ(nextPeriod(0, true), 1000);
    EXPECT_DOUBLE_EQ(nextPeriod(1000, true), 2000);
    EXPECT_DOUBLE_EQ(nextPeriod(1000, false), 500);
    EXPECT_DOUBLE_EQ(nextPeriod(700, true), 1000);
    EXPECT_DOUBLE_EQ(nextPeriod(700, false), 500);
    EXPECT_DOUBLE_EQ(nextPeriod(1, false), 0);
    EXPECT_DOUBLE_EQ(nextPeriod(0, false), 0);
}

TEST(DutyText, TellsPowerShareAndBattery) {
    const DutyText text = dutyText(cost(), *evaluation());
    EXPECT_EQ(text.power, "16.0 mW on average ± 25.0 %");
    EXPECT_EQ(text.activity, "Active 16.0 % of the time");
    EXPECT_EQ(text.battery, "Battery: 1.75 days, 1.42 to 2.33 days");
    EXPECT_EQ(text.warning, "");
    EXPECT_EQ(text.doubt, "");
    DutyCost longer = cost();
    longer.batteryHours = types::Estimate{30, 20, 60};
    EXPECT_EQ(dutyText(longer, *evaluation()).battery, "Battery: 1.25 days, 0.833 to 2.50 days");
}

TEST(DutyText, WarnsOfInferencesThatRunLate) {
    const DutyText late = dutyText(lateCost(), *evaluation());
    EXPECT_TRUE(late.warning.startsWith("One inference takes 160 µs, longer than 0.1 ms"));
    EXPECT_EQ(late.activity, "Too slow: one inference takes 160 µs");
    DutyCost close = cost();
    close.periodShare = types::Estimate{0.9, 0.7, 1.1};
    const DutyText perhaps = dutyText(close, *evaluation());
    EXPECT_TRUE(perhaps.warning.contains("may take up to 192 µs"));
    EXPECT_EQ(perhaps.activity, "Active 90.0 % of the time, may be late");
}

TEST(DutyText, SaysWhatIsNotKnown) {
    DutyCost noSleep = cost();
    noSleep.cycle.sleepPowerMw = 0;
    EXPECT_TRUE(dutyText(noSleep, *evaluation()).doubt.contains("counted as none"));
    DutyCost noEnergy = cost();
    noEnergy.averagePowerMw = noEnergy.batteryHours = {};
    const DutyText text = dutyText(noEnergy, *sample::evaluation());
    EXPECT_EQ(text.power + text.battery, "");
    EXPECT_EQ(text.activity, "Active 16.0 % of the time");
    EXPECT_EQ(text.doubt,
              "Average power is unknown, because the energy is: no power figure in this board's "
              "profile");
    DutyCost endless = cost();
    endless.batteryHours->high = std::numeric_limits<double>::infinity();
    EXPECT_EQ(dutyText(endless, *evaluation()).battery, "Battery: 1.75 days, at least 1.42 days");
}

TEST(DutyCards, ThePeriodIsTheLimitOfTheLatency) {
    const auto shown = evaluation();
    const CardContent inTime = cardContent(Metric::LatencyUs, shown.get(), nullptr, cost());
    EXPECT_EQ(inTime.note, "16 % active");
    EXPECT_DOUBLE_EQ(*inTime.limitShare, 0.16);
    EXPECT_FALSE(inTime.isPassed);
    const CardContent late = cardContent(Metric::LatencyUs, shown.get(), nullptr, lateCost());
    EXPECT_EQ(late.note, "60.0 µs late");
    EXPECT_TRUE(late.isPassed);
    EXPECT_EQ(cardContent(Metric::LatencyUs, shown.get(), nullptr).note, "± 20.0 %");
}

TEST(DutyCards, EnergyTellsHowLongItLasts) {
    const auto shown = evaluation();
    const CardContent card = cardContent(Metric::EnergyUj, shown.get(), nullptr, cost());
    EXPECT_EQ(card.value, "16.0 µJ");
    EXPECT_EQ(card.note, "1.75 days");
    EXPECT_TRUE(card.toolTip.contains("One inference every 1 ms:\n16.0 mW on average"));
    DutyCost noSleep = cost();
    noSleep.cycle.sleepPowerMw = 0;
    EXPECT_EQ(cardContent(Metric::EnergyUj, shown.get(), nullptr, noSleep).note, "≤ 1.75 days");
    DutyCost mains = cost();
    mains.batteryHours = {};
    EXPECT_EQ(cardContent(Metric::EnergyUj, shown.get(), nullptr, mains).note, "16.0 mW");
    DutyCost unknown = mains;
    unknown.averagePowerMw = {};
    const auto powerless = sample::evaluation();
    EXPECT_EQ(cardContent(Metric::EnergyUj, powerless.get(), nullptr, unknown).note,
              "no power figure in this board's profile");
}

struct DutyBoxTest : testing::Test {
    DutyBox box;
    PeriodBox* period = box.findChild<PeriodBox*>();
    DutyCycle edited;
    int edits = 0;
    DutyBoxTest() {
        QObject::connect(&box, &DutyBox::edited, [this](const DutyCycle& duty) {
            edited = duty;
            ++edits;
            box.setDuty(duty);
        });
    }
    void type(const QString& text) {
        period->findChild<QLineEdit*>()->selectAll();
        QTest::keyClicks(period, text);
        QTest::keyClick(period, Qt::Key_Return);
    }
};

TEST_F(DutyBoxTest, TakesPeriodsAsTheyAreWritten) {
    EXPECT_EQ(period->text(), "off");
    EXPECT_EQ(box.summary(), "off");
    type("1.5 s");
    EXPECT_DOUBLE_EQ(edited.periodMs, 1500);
    EXPECT_EQ(period->text(), "1.5 s");
    EXPECT_EQ(box.summary(), "every 1.5 s");
    type("soon");
    EXPECT_DOUBLE_EQ(period->value(), 1500);
    period->stepUp();
    EXPECT_DOUBLE_EQ(edited.periodMs, 2000);
    type("off");
    EXPECT_EQ(edited, DutyCycle{});
}

TEST_F(DutyBoxTest, ShowsWithoutEmitting) {
    box.setDuty({20, 0.05, 675});
    EXPECT_EQ(edits, 0);
    EXPECT_EQ(period->text(), "20 ms");
}

TEST_F(DutyBoxTest, TheBoardsSleepPowerStandsWhereNoneIsGiven) {
    const auto boxes = box.findChildren<QDoubleSpinBox*>();
    const auto shows = [&](const QString& text) {
        return std::any_of(boxes.begin(), boxes.end(),
                           [&](const auto* number) { return number->text() == text; });
    };
    EXPECT_TRUE(shows("unknown"));
    auto device = std::make_shared<types::DeviceProfile>();
    device->sleepPowerMw = 0.02;
    box.setDevice(device);
    EXPECT_TRUE(shows("board: 0.02 mW"));
}

TEST_F(DutyBoxTest, ALateInferenceMovesNothingBelowIt) {
    box.resize(280, 400);
    const auto heightFor = [&](const DutyCost& duty) {
        box.setText(dutyText(duty, *evaluation()));
        return box.heightForWidth(280);
    };
    EXPECT_EQ(heightFor(lateCost()), heightFor(cost()));
    EXPECT_GT(heightFor(cost()), 0);
}

}  // namespace
