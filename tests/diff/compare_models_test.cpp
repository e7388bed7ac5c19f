// SPDX-License-Identifier: GPL-3.0-or-later
// The document of two evaluated models: its figures, its verdict, and what it writes.
#include "diff/compare_models.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "diff/diff_document.h"
#include "diff/diff_figures.h"
#include "engine/evaluate.h"
#include "support/deep_network.h"

namespace {

using namespace types;
using nlohmann::json;

const DevicePtr kBoard = [] {
    auto board = std::make_shared<DeviceProfile>();
    board->id = "board";
    board->name = "BOARD";
    return board;
}();

EvaluationPtr evaluated(const Variation& variation = {}) {
    static const GraphPtr graph = support::deepNetwork(30);
    auto result = engine::evaluate(graph, variation, nullptr);
    EXPECT_TRUE(result.has_value());
    return result ? *result : nullptr;
}

/// Cheaper in flash and arena; int8 would be larger in so small a file, by its scales.
Variation narrow() {
    Variation variation;
    variation.width = 0.5;
    return variation;
}

/// The same evaluation with other figures.
EvaluationPtr with(const EvaluationPtr& before, const std::function<void(Evaluation&)>& edit) {
    auto copy = std::make_shared<Evaluation>(*before);
    edit(*copy);
    return copy;
}

Quality quality(double share, int32_t samples, double half) {
    Quality q;
    q.samples = samples;
    q.source = "test samples";
    q.top1 = Estimate{share, share - half, share + half};
    return q;
}

ModelDiffPtr compared(const EvaluationPtr& a, const EvaluationPtr& b, bool sharesOrigins = true) {
    auto diff = diff::compareModels({"net", a}, {"net", b}, sharesOrigins);
    EXPECT_TRUE(diff.has_value());
    return diff ? *diff : nullptr;
}

TEST(CompareModels, LayersAddUpToTheTotals) {
    const EvaluationPtr a = evaluated(), b = evaluated(narrow());
    const ModelDiffPtr diff = compared(a, b);
    int64_t macsA = 0, macsB = 0, bytes = 0;
    for (const DiffLayer& layer : diff->layers) {
        macsA += layer.baseline.macs;
        macsB += layer.candidate.macs;
        bytes += layer.candidate.weightBytes - layer.baseline.weightBytes;
        EXPECT_FALSE(layer.why.empty());
    }
    EXPECT_EQ(macsA, a->totals.macs);
    EXPECT_EQ(macsB, b->totals.macs);
    EXPECT_EQ(bytes, b->totals.weightBytes - a->totals.weightBytes);
    const DiffFigure& flash = *diff->figure(DiffQuantity::FlashBytes);
    EXPECT_EQ(flash.difference, double(b->totals.modelBytes - a->totals.modelBytes));
    EXPECT_EQ(flash.outcome, DiffOutcome::Candidate);
}

TEST(CompareModels, EvidenceIsTheOriginOnlyOfOneModel) {
    const EvaluationPtr a = evaluated(), b = evaluated(narrow());
    for (const bool sharesOrigins : {true, false}) {
        const ModelDiffPtr diff = compared(a, b, sharesOrigins);
        size_t byOrigin = 0, matched = 0;
        for (const DiffLayer& layer : diff->layers) {
            matched += layer.match.isMatched();
            byOrigin += layer.match.isMatched() && layer.match.evidence == MatchEvidence::Origin;
        }
        EXPECT_EQ(byOrigin, sharesOrigins ? matched : 0);
    }
}

TEST(CompareModels, WithoutQualityNothingIsBetter) {
    const ModelDiffPtr diff = compared(evaluated(), evaluated(narrow()));
    EXPECT_EQ(diff->verdict.better, DiffOutcome::Unknown);
    EXPECT_NE(diff->verdict.sentence.find("cannot be said"), std::string::npos);
    EXPECT_NE(diff->verdict.sentence.find("costs less in flash"), std::string::npos);
    bool saysWhy = false;
    for (const std::string& line : diff->verdict.cannotSay)
        saysWhy |= line == "Accuracy: no data are chosen.";
    EXPECT_TRUE(saysWhy);
}

TEST(CompareModels, ADifferenceWithinTheIntervalIsNotOne) {
    const auto a = with(evaluated(), [](Evaluation& e) { e.quality = quality(0.903, 250, 0.035); });
    const auto b =
        with(evaluated(narrow()), [](Evaluation& e) { e.quality = quality(0.891, 250, 0.037); });
    const ModelDiffPtr diff = compared(a, b);
    const DiffFigure& accuracy = *diff->figure(DiffQuantity::Accuracy);
    EXPECT_EQ(accuracy.outcome, DiffOutcome::Unclear);
    // Newcombe's interval: d +- sqrt of the sum of squares of both arms.
    EXPECT_NEAR(accuracy.interval->low, -0.012 - std::hypot(0.037, 0.035), 1e-9);
    EXPECT_NEAR(accuracy.interval->high, -0.012 + std::hypot(0.037, 0.035), 1e-9);
    EXPECT_EQ(diff->verdict.better, DiffOutcome::Candidate);
    EXPECT_NE(diff->verdict.sentence.find("n = 250"), std::string::npos);
}

TEST(CompareModels, CheaperAndWorseIsATradeOff) {
    const auto a = with(evaluated(), [](Evaluation& e) { e.quality = quality(0.90, 900, 0.02); });
    const auto b =
        with(evaluated(narrow()), [](Evaluation& e) { e.quality = quality(0.70, 900, 0.03); });
    const ModelDiffPtr diff = compared(a, b);
    EXPECT_EQ(diff->verdict.better, DiffOutcome::Unclear);
    EXPECT_NE(diff->verdict.sentence.find("the baseline in accuracy"), std::string::npos);
    EXPECT_EQ(compared(b, a)->figure(DiffQuantity::Accuracy)->outcome, DiffOutcome::Candidate);
}

TEST(CompareModels, SamplesOfDifferentDataAreNotCompared) {
    const auto a = with(evaluated(), [](Evaluation& e) { e.quality = quality(0.9, 250, 0.03); });
    const auto b =
        with(evaluated(narrow()), [](Evaluation& e) { e.quality = quality(0.5, 100, 0.1); });
    const DiffFigure accuracy = *compared(a, b)->figure(DiffQuantity::Accuracy);
    EXPECT_EQ(accuracy.outcome, DiffOutcome::Unknown);
    EXPECT_FALSE(accuracy.difference.has_value());
}

TEST(CompareModels, OverlappingPredictionsAreNotToldApart) {
    const auto timed = [](double us, double half) {
        return [=](Evaluation& e) {
            e.device = kBoard;
            e.totals.latencyUs = Estimate{us, us - half, us + half};
        };
    };
    const EvaluationPtr a = with(evaluated(), timed(1000, 200));
    const auto outcome = [&a](const EvaluationPtr& b) {
        return compared(a, b)->figure(DiffQuantity::LatencyUs)->outcome;
    };
    EXPECT_EQ(outcome(with(evaluated(narrow()), timed(700, 200))), DiffOutcome::Unclear);
    EXPECT_EQ(outcome(with(evaluated(narrow()), timed(400, 200))), DiffOutcome::Candidate);
    EXPECT_EQ(outcome(with(evaluated(narrow()), timed(1800, 200))), DiffOutcome::Baseline);
    EXPECT_EQ(outcome(evaluated(narrow())), DiffOutcome::Unknown);
}

TEST(CompareModels, OnlyOneThatFitsIsSaidFirst) {
    const auto onBoard = [](int64_t limit) {
        return [limit](Evaluation& e) {
            e.device = kBoard;
            e.flash = e.sram = Budget{{}, 1000, limit, {}, 0, 0, {}, {}, 0};
        };
    };
    const ModelDiffPtr diff =
        compared(with(evaluated(), onBoard(900)), with(evaluated(narrow()), onBoard(2000)));
    EXPECT_NE(diff->verdict.sentence.find("Only the candidate fits BOARD"), std::string::npos);
}

TEST(CompareModels, EqualModelsAreTheSame) {
    const ModelDiffPtr diff = compared(evaluated(), evaluated());
    EXPECT_EQ(diff->verdict.better, DiffOutcome::Equal);
    for (const DiffLayer& layer : diff->layers)
        EXPECT_EQ(layer.match.kind, MatchKind::Same);
}

TEST(DiffDocument, HoldsWhatItsSchemaSays) {
    const EvaluationPtr a = evaluated(), b = evaluated(narrow());
    const json document = json::parse(diff::documentText(*compared(a, b)));
    EXPECT_EQ(document["netcaliper_diff"], diff::kDiffVersion);
    EXPECT_EQ(document["candidate"]["sha256"], b->modelSha256);
    EXPECT_EQ(document["totals_delta"]["macs"], b->totals.macs - a->totals.macs);
    EXPECT_TRUE(document["totals_delta"]["latency_us"].is_null());
    EXPECT_TRUE(document["totals"]["latency_us"]["baseline_reason"].is_string());
    EXPECT_EQ(document["matched"].size(), b->layers.size());
    EXPECT_TRUE(document["added"].empty());
    EXPECT_TRUE(document["removed"].empty());
    size_t resized = 0;
    for (const json& pair : document["matched"]) {
        EXPECT_EQ(pair["a"], pair["b"]);
        resized += pair["kind"] == "shape";
    }
    EXPECT_GT(resized, 10u);
    EXPECT_EQ(document["memory"]["candidate"]["buffers"].size(), b->plan.buffers.size());
    EXPECT_EQ(document["layers"][1]["macs"]["difference"], b->layers[1].macs - a->layers[1].macs);
}

}  // namespace
