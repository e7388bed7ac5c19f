// SPDX-License-Identifier: GPL-3.0-or-later
// A model that was trained with simulated rounding and converted answers as training saw it.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "analysis/real_values.h"
#include "calibration/model_inputs.h"
#include "calibration/run_samples.h"
#include "learning/random.h"
#include "learning/train.h"
#include "quantize/float_model.h"
#include "quantize/learned_scales.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "zoo/reference_models.h"

namespace {

using calibration::RealSample;
using learning::Network;
using learning::TrainingSet;

struct Coding {
    const char* name;
    types::Precision precision;
    bool perChannel;
    bool isMixed = false;

    friend std::ostream& operator<<(std::ostream& stream, const Coding& coding) {
        return stream << coding.name;
    }
};

TrainingSet setOf(const std::vector<RealSample>& samples) {
    TrainingSet set;
    set.count = samples.size();
    set.read = [&samples](size_t sample, std::span<float> values) -> types::Result<void> {
        std::copy(samples[sample][0].begin(), samples[sample][0].end(), values.begin());
        return {};
    };
    return set;
}

class TrainedRounding : public testing::TestWithParam<Coding> {
protected:
    types::Variation variation(const types::Graph& graph) const {
        types::Variation v;
        v.quantize.precision = GetParam().precision;
        v.quantize.perChannel = GetParam().perChannel;
        if (GetParam().isMixed)
            for (size_t i = 0; i < graph.ops.size(); i += 2)
                v.layers[graph.ops[i].origin].precision = types::Precision::Int8W4;
        return v;
    }

    /// Trains against the model before it, and compares on other samples. At least `agreement` of
    /// the choices are equal.
    void expectRuntimesAnswers(const types::Graph& graph, const std::vector<RealSample>& learned,
                               const std::vector<RealSample>& compared) {
        learning::RoundingOptions rounding{variation(graph), inputsOf(learned), true, {}};
        learning::TrainOptions options;
        options.epochs = 2;
        options.rate = 0.001;
        options.rounding = rounding;
        types::Work work;
        work.threads = 1;
        const TrainingSet set = setOf(learned);
        const auto trained = learning::train(graph, &graph, set, set, options, work);
        ASSERT_TRUE(trained) << trained.error().message();
        std::vector<std::string> changes;
        const auto converted = quantize::quantizeTrained(
            std::make_shared<types::Graph>(trained->graph), rounding.variation, rounding.inputs,
            trained->scales, {}, changes);
        ASSERT_TRUE(converted) << converted.error().message();
        rounding.scales = trained->scales;
        compare(simulated(trained->graph, rounding, compared), scoresOf(**converted, compared),
                compared.size());
    }

private:
    static calibration::RealInputsPtr inputsOf(const std::vector<RealSample>& samples) {
        return std::make_shared<calibration::RealInputs>(
            calibration::RealInputs{"samples", samples});
    }

    static std::vector<float> simulated(const types::Graph& graph,
                                        const learning::RoundingOptions& rounding,
                                        const std::vector<RealSample>& samples) {
        auto network = Network::build(graph, {.batch = 16, .threads = 1, .rounding = rounding});
        EXPECT_TRUE(network);
        std::vector<float> scores;
        for (const RealSample& sample : samples) {
            EXPECT_TRUE(network->forward(sample[0]));
            scores.insert(scores.end(), network->outputs().begin(), network->outputs().end());
        }
        return scores;
    }

    static std::vector<float> scoresOf(const types::Graph& graph,
                                       const std::vector<RealSample>& samples) {
        std::vector<std::vector<float>> each(samples.size());
        types::Work work;
        work.threads = 1;
        EXPECT_TRUE(calibration::runSamples(
            graph, {learning::scoreTensors(graph)[0]}, samples,
            [&](size_t sample, size_t, std::span<const float> values) {
                each[sample].assign(values.begin(), values.end());
            },
            work));
        std::vector<float> scores;
        for (const auto& one : each)
            scores.insert(scores.end(), one.begin(), one.end());
        return scores;
    }

    static void compare(const std::vector<float>& ours, const std::vector<float>& runtimes,
                        size_t samples) {
        ASSERT_EQ(ours.size(), runtimes.size());
        const size_t size = ours.size() / samples;
        double signal = 0, noise = 0;
        size_t equal = 0;
        for (size_t i = 0; i < ours.size(); ++i) {
            signal += double{runtimes[i]} * double{runtimes[i]};
            noise += std::pow(double{runtimes[i]} - double{ours[i]}, 2);
        }
        for (size_t s = 0; s < samples; ++s) {
            const auto from = static_cast<std::ptrdiff_t>(s * size);
            const auto to = from + static_cast<std::ptrdiff_t>(size);
            const std::vector<float> own(ours.begin() + from, ours.begin() + to);
            const std::vector<float> others(runtimes.begin() + from, runtimes.begin() + to);
            // Codes may be equal: then both choose among the best.
            const float most = *std::max_element(others.begin(), others.end());
            equal += others[analysis::firstChoice(own)] == most;
        }
        const double sqnr = noise > 0 ? 10 * std::log10(signal / noise) : 200;
        RecordProperty("sqnr_db", std::to_string(sqnr));
        RecordProperty("agreement", std::to_string(double(equal) / double(samples)));
        EXPECT_GE(sqnr, 35);
        EXPECT_GE(double(equal) / double(samples), 0.995);
    }
};

TEST_P(TrainedRounding, IsTheRuntimesOnAResidualModel) {
    const auto graph = zoo::imageResNet8(zoo::Precision::Float32).value();
    expectRuntimesAnswers(*graph, calibration::randomInputs(*graph, 16, 1)->samples,
                          calibration::randomInputs(*graph, 16, 2)->samples);
}

TEST_P(TrainedRounding, IsTheRuntimesOnAnAutoencoder) {
    const auto graph = zoo::anomalyAutoencoder(zoo::Precision::Float32).value();
    expectRuntimesAnswers(*graph, calibration::randomInputs(*graph, 48, 1)->samples,
                          calibration::randomInputs(*graph, 48, 2)->samples);
}

/// Keywords of the benchmark: int8 codes of 49 x 10 features.
std::vector<RealSample> keywords(const types::Graph& model) {
    const auto& q = model.tensor(model.inputs[0]).quantization;
    std::vector<RealSample> samples;
    for (const auto& file :
         support::filesOf(*support::sharedDir() / "datasets" / "kws01", ".bin")) {
        std::ifstream stream(file, std::ios::binary);
        const std::string codes{std::istreambuf_iterator<char>(stream), {}};
        std::vector<float> values;
        for (char code : codes)
            values.push_back(q.scale[0] * float(int8_t(code) - q.firstZeroPoint()));
        samples.push_back({std::move(values)});
    }
    return samples;
}

TEST_P(TrainedRounding, IsTheRuntimesOnKeywords) {
    SKIP_WITHOUT_SHARED();
    const auto model = tflite::read(*support::sharedDir() / "models" / "mlpt_kws_int8.tflite");
    ASSERT_TRUE(model);
    auto samples = keywords(**model);
    if (samples.size() < 400) GTEST_SKIP() << "the keywords are absent";
    const std::vector<RealSample> learned(samples.begin(), samples.begin() + 32);
    samples.erase(samples.begin(), samples.begin() + 100);
    samples.resize(200);
    expectRuntimesAnswers(quantize::toFloat(**model).graph, learned, samples);
}

INSTANTIATE_TEST_SUITE_P(Codings, TrainedRounding,
                         testing::Values(Coding{"int8", types::Precision::Int8, true},
                                         Coding{"int8 per tensor", types::Precision::Int8, false},
                                         Coding{"int16x8", types::Precision::Int16x8, true},
                                         Coding{"int8w4", types::Precision::Int8W4, true},
                                         Coding{"mixed", types::Precision::Int8, true, true}));

}  // namespace
