// SPDX-License-Identifier: GPL-3.0-or-later
// The sentence that is read first.
#include "types/model_verdict.h"

#include <gtest/gtest.h>

namespace {

using namespace types;

Budget budget(int64_t used, int64_t limit, const std::string& unknown = {}) {
    Budget result;
    result.usedBytes = used;
    result.limitBytes = limit;
    result.unknownReason = unknown;
    return result;
}

Evaluation onBoard(int64_t flash = 40'000, int64_t sram = 30'000) {
    auto device = std::make_shared<DeviceProfile>();
    device->name = "BOARD";
    device->runtime = "TFLM";
    Evaluation e;
    e.device = device;
    e.flash = budget(flash, 512 * 1024);
    e.sram = budget(sram, 128 * 1024);
    e.totals.latencyGap = "no figure for ADD";
    return e;
}

Quality right(double share) {
    Quality q;
    q.samples = 250;
    q.source = "250 samples of kws01";
    q.top1 = Estimate{share, share - 0.033, share + 0.028};
    return q;
}

TEST(ModelVerdict, SaysHowMuchIsSpared) {
    const ModelVerdict verdict = modelVerdict(onBoard());
    EXPECT_EQ(verdict.fit, "Fits BOARD, 98.7 KiB SRAM and 473 KiB flash to spare.");
    EXPECT_EQ(verdict.room, Verdict::Fits);
}

TEST(ModelVerdict, SaysWhatIsTooMuch) {
    const ModelVerdict verdict = modelVerdict(onBoard(600 * 1024, 300 * 1024));
    EXPECT_EQ(verdict.fit,
              "Does not fit BOARD: 172 KiB SRAM too much and 88.0 KiB flash too much.");
    EXPECT_EQ(verdict.room, Verdict::Exceeds);
    Evaluation e = onBoard();
    e.sram = budget(300 * 1024, 128 * 1024, "scratch of CONV_2D");
    EXPECT_EQ(modelVerdict(e).fit, "Does not fit BOARD: at least 172 KiB SRAM too much.");
}

TEST(ModelVerdict, AnUnknownPartNeverFits) {
    Evaluation e = onBoard();
    e.sram->unknownReason = "scratch of CONV_2D is not known";
    EXPECT_EQ(modelVerdict(e).fit,
              "Whether it fits BOARD is unknown: scratch of CONV_2D is not known.");
    EXPECT_EQ(modelVerdict(e).room, Verdict::Unknown);
    e.tflmCortexM.isRefused = true;
    e.tflmCortexM.unknownReason = "TFLM refuses #2";
    EXPECT_EQ(modelVerdict(e).fit, "Does not run on BOARD: TFLM refuses #2.");
}

TEST(ModelVerdict, WithoutBoardOrDataItSaysSo) {
    const ModelVerdict verdict = modelVerdict(Evaluation());
    EXPECT_EQ(verdict.sentence(),
              "No board is chosen, so whether it fits is unknown. How fast is unknown: no board is "
              "chosen. How right is unknown: no data are chosen.");
    EXPECT_TRUE(verdict.evidence.empty());
}

TEST(ModelVerdict, SpeedHasItsBandAndItsSource) {
    Evaluation e = onBoard();
    EXPECT_EQ(modelVerdict(e).speed, "How fast is unknown: no figure for ADD.");
    e.totals.latencyUs = Estimate{36'000, 28'800, 43'200};
    EXPECT_EQ(modelVerdict(e).speed, "36.0 ms \u00b1 20 % predicted.");
    const ModelVerdict measured = modelVerdict(e, MeasuredLatency{35'100, "desk: board"});
    EXPECT_EQ(measured.speed, "35.1 ms measured (36.0 ms \u00b1 20 % predicted).");
    EXPECT_NE(measured.evidence[0].find("measured (desk: board)"), std::string::npos);
}

TEST(ModelVerdict, QualityHasItsIntervalAndItsSamples) {
    Evaluation e = onBoard();
    e.quality = right(0.903);
    const ModelVerdict verdict = modelVerdict(e);
    EXPECT_EQ(verdict.quality, "90.3 % right (87.0 to 93.1 %, n = 250).");
    EXPECT_NE(verdict.evidence.front().find("250 samples of kws01"), std::string::npos);
    e.quality->top1.reset();
    e.quality->auc = Estimate{0.931, 0.9, 0.95};
    EXPECT_EQ(modelVerdict(e).quality, "AUC 0.931 (0.900 to 0.950, n = 250).");
    e.notRunnableReason = "#2 CUSTOM has no kernel";
    EXPECT_EQ(modelVerdict(e).quality,
              "How right is unknown: it cannot be run here, #2 CUSTOM has no kernel.");
}

TEST(ModelVerdict, WarnsOfWhatDoesNotHold) {
    Evaluation e = onBoard();
    e.calibrationSource = "32 random inputs, seed 1";
    EXPECT_NE(modelVerdict(e).evidence.back().find("Beware: ranges come from 32 random inputs"),
              std::string::npos);
    e.calibrationSource = "100 samples of kws01";
    EXPECT_EQ(modelVerdict(e).evidence.size(), 1u);
    e.flash->published = PublishedCode{10'000, 900'000, "builds"};
    EXPECT_NE(modelVerdict(e).evidence.back().find("largest published build"), std::string::npos);
}

}  // namespace
