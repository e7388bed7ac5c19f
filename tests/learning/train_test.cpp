// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/train.h"

#include <gtest/gtest.h>

#include <fstream>

#include "learning/batches.h"
#include "learning/random.h"
#include "learning/rate_schedule.h"
#include "learning/training_state.h"
#include "support/temporary_dir.h"
#include "zoo/graph_builder.h"

namespace {

using learning::LossKind;
using learning::LossOptions;
using learning::Random;
using learning::TrainingSet;
using learning::TrainOptions;
using learning::Wanted;

types::GraphPtr network(uint64_t seed = 3) {
    zoo::GraphBuilder build("small", zoo::Precision::Float32, seed);
    auto x = build.input({1, 8, 8, 1}, -1, 1);
    x = build.conv(x, 4, 3, 2, zoo::Padding::Same, zoo::Activation::Relu);
    x = build.averagePool(x, 4);
    return *build.finish({build.softmax(build.fullyConnected(build.flatten(x), 2))});
}

/// Two kinds of pictures: bright ones above, and below.
TrainingSet pictures(size_t count, uint64_t seed) {
    TrainingSet set;
    set.count = count;
    for (size_t i = 0; i < count; ++i)
        set.labels.push_back(static_cast<int32_t>(i % 2));
    set.read = [seed](size_t sample, std::span<float> values) -> types::Result<void> {
        Random random{seed, sample};
        for (size_t i = 0; i < values.size(); ++i)
            values[i] = random.between(-1, 1) + ((i < 32) == (sample % 2 == 0) ? 0.5f : -0.5f);
        return {};
    };
    return set;
}

TrainOptions epochs(int32_t count) {
    TrainOptions options;
    options.epochs = count;
    options.batch = 16;
    options.patience = 1;
    options.rate = 0.01;
    return options;
}

/// All constants of a graph, as bytes.
std::vector<uint8_t> weightsOf(const types::Graph& graph) {
    std::vector<uint8_t> all;
    for (size_t t = 0; t < graph.tensors.size(); ++t)
        if (graph.isConstant(static_cast<int32_t>(t))) {
            const auto bytes = graph.constantData(static_cast<int32_t>(t)).view();
            all.insert(all.end(), bytes.begin(), bytes.end());
        }
    return all;
}

types::Result<learning::TrainedModel> trained(const TrainOptions& options,
                                              const types::Work& work = {}) {
    return learning::train(*network(), nullptr, pictures(90, 1), pictures(40, 2), options, work);
}

void expectGradientsAreSlopes(const LossOptions& options, const Wanted& wanted, size_t samples,
                              std::vector<float> outputs) {
    std::vector<float> gradient(outputs.size()), unused(outputs.size());
    learning::lossOf(options, samples, outputs, wanted, gradient);
    constexpr float kStep = 1e-2f;
    for (size_t i = 0; i < outputs.size(); ++i) {
        const float value = outputs[i];
        outputs[i] = value + kStep;
        const double above = learning::lossOf(options, samples, outputs, wanted, unused);
        outputs[i] = value - kStep;
        const double below = learning::lossOf(options, samples, outputs, wanted, unused);
        outputs[i] = value;
        EXPECT_NEAR(double(gradient[i]), (above - below) / (2 * double(kStep)), 1e-4) << i;
    }
}

TEST(Losses, GradientsAreSlopes) {
    const std::vector<float> outputs = {0.5f, -1, 2, 0.1f, 0.3f, -0.7f};
    const std::vector<float> teacher = {1, 0, 0.5f, -1, 2, 0.25f};
    Wanted wanted;
    wanted.labels = {2, -1};
    wanted.otherLabels = {0, -1};
    wanted.mixed = {0.3f, 0};
    wanted.teacher = teacher;
    expectGradientsAreSlopes({LossKind::Choice, 0.4, 2, {1, 0.5f, 2}}, wanted, 2, outputs);
    Wanted values;
    values.targets = {0, 1, 2, 3, 4, 5};
    values.teacher = teacher;
    expectGradientsAreSlopes({LossKind::Values, 0.4, 2, {}}, values, 2, outputs);
}

TEST(Losses, RareClassesCountMore) {
    EXPECT_TRUE(learning::classWeights(std::vector<int32_t>{0, 0, 1, 1, 1}, 2).empty());
    std::vector<int32_t> labels(100, 0);
    labels[0] = labels[1] = labels[2] = labels[3] = 1;
    const auto weights = learning::classWeights(labels, 2);
    EXPECT_NEAR(weights[1] / weights[0], std::sqrt(96.0 / 4), 1e-4);
    EXPECT_NEAR(weights[0] * 0.96 + weights[1] * 0.04, 1, 1e-5);
}

TEST(Schedule, RisesThenFallsToZero) {
    EXPECT_LT(learning::rateAt(0), 0.2);
    EXPECT_NEAR(learning::rateAt(0.02), 1, 1e-9);
    EXPECT_NEAR(learning::rateAt(1), 0, 1e-9);
}

TEST(Augmentation, FollowsTheInputAndKeepsTheRange) {
    using types::Augmentation;
    const auto kindOf = [](const types::Shape& shape, bool pixels) {
        return learning::augmentationFor(shape, pixels, Augmentation::Auto, {}).kind;
    };
    EXPECT_EQ(kindOf({1, 32, 32, 3}, true), Augmentation::Images);
    EXPECT_EQ(kindOf({1, 28, 28, 1}, true), Augmentation::Images);
    EXPECT_EQ(kindOf({1, 49, 10, 1}, false), Augmentation::Features);
    EXPECT_EQ(kindOf({1, 640}, false), Augmentation::None);
    EXPECT_FALSE(learning::augmentationFor({1, 28, 28, 1}, true, Augmentation::Auto, {}).flips);
    const auto plan = learning::augmentationFor({1, 16, 16, 3}, true, Augmentation::Auto, {});
    for (uint64_t i = 0; i < 50; ++i) {
        std::vector<float> values(16 * 16 * 3);
        Random fill{i};
        for (float& value : values)
            value = fill.unit();
        Random random{7, i};
        learning::augment(plan, random, values);
        EXPECT_GE(*std::min_element(values.begin(), values.end()), 0);
        EXPECT_LE(*std::max_element(values.begin(), values.end()), 1);
    }
}

TEST(Batches, HoldEverySampleOncePerEpochInAnotherOrder) {
    TrainingSet set = pictures(37, 1);
    set.read = [](size_t sample, std::span<float> values) -> types::Result<void> {
        values[0] = static_cast<float>(sample);
        return {};
    };
    learning::Batches batches(set, 8, 1, {});
    std::vector<float> inputs(8), seen, before;
    for (size_t epoch = 0; epoch < 2; ++epoch) {
        before = std::exchange(seen, {});
        Wanted wanted;
        for (size_t b = 0; b < batches.count(); ++b) {
            const size_t samples = *batches.fill(epoch, b, inputs, wanted);
            EXPECT_EQ(wanted.labels.size(), samples);
            seen.insert(seen.end(), inputs.begin(), inputs.begin() + std::ptrdiff_t(samples));
        }
        auto sorted = seen;
        std::sort(sorted.begin(), sorted.end());
        for (size_t i = 0; i < 37; ++i)
            EXPECT_EQ(sorted[i], static_cast<float>(i));
    }
    EXPECT_NE(seen, before);
}

TEST(Train, LearnsByEitherMethod) {
    for (const auto method : {learning::Method::Adam, learning::Method::Descent}) {
        TrainOptions options = epochs(80);
        options.method = method;
        options.rate = method == learning::Method::Adam ? 0.02 : 0.2;
        const auto model = trained(options);
        ASSERT_TRUE(model) << model.error().message();
        EXPECT_GT(model->log.accuracy.back(), 0.9);
        EXPECT_LT(model->log.loss.back(), model->log.loss.front());
        EXPECT_EQ(model->log.epochs, 80);
    }
}

TEST(Train, LearnsFromATeacherAlone) {
    TrainOptions options = epochs(80);
    const auto teacher = trained(options)->graph;
    TrainingSet unlabelled = pictures(90, 5);
    unlabelled.labels.clear();
    const auto model = learning::train(*network(9), &teacher, unlabelled, pictures(40, 2), options);
    ASSERT_TRUE(model) << model.error().message();
    EXPECT_GT(model->log.accuracy.back(), 0.9);
}

TEST(Train, EqualSeedsGiveEqualBitsOnAnyNumberOfThreads) {
    types::Work one, two;
    one.threads = 1;
    two.threads = 2;
    const auto first = trained(epochs(3), one), second = trained(epochs(3), two);
    EXPECT_EQ(weightsOf(first->graph), weightsOf(second->graph));
    TrainOptions other = epochs(3);
    other.seed = 2;
    EXPECT_NE(weightsOf(trained(other)->graph), weightsOf(first->graph));
}

TEST(Train, AStoppedAndResumedTrainingEqualsAWholeOne) {
    support::TemporaryDir directory;
    TrainOptions options = epochs(4);
    const auto whole = trained(options);
    options.state = directory / "state";
    options.fingerprint = std::string(64, 'a');
    std::stop_source stop;
    int32_t steps = 0;
    types::Work work;
    work.stop = stop.get_token();
    // In the middle of an epoch.
    work.progress = [&](double, const char*) {
        if (++steps == 9) stop.request_stop();
    };
    EXPECT_FALSE(trained(options, work));
    const auto resumed = trained(options);
    ASSERT_TRUE(resumed) << resumed.error().message();
    EXPECT_EQ(weightsOf(resumed->graph), weightsOf(whole->graph));
    EXPECT_EQ(resumed->log.loss, whole->log.loss);
}

/// The state on disk after `steps` steps, as a power cut leaves it: the next one is being written.
void cutPowerAfter(int32_t steps, TrainOptions options) {
    std::stop_source stop;
    types::Work work;
    work.stop = stop.get_token();
    int32_t begun = 0;
    const std::filesystem::path kept = options.state.string() + ".kept";
    work.progress = [&](double, const char*) {
        if (++begun != steps + 1) return;
        std::filesystem::copy_file(options.state, kept);
        stop.request_stop();
    };
    EXPECT_FALSE(trained(options, work));
    std::filesystem::rename(kept, options.state);
    std::filesystem::path next = options.state;
    next += ".part";
    std::ofstream(next, std::ios::binary) << "netcaliper training 1\nhalf of";
}

TEST(Train, APowerCutLosesWhatWasNotWrittenAndNothingElse) {
    support::TemporaryDir directory;
    TrainOptions options = epochs(4);
    const auto whole = trained(options);
    options.state = directory / "state";
    options.fingerprint = std::string(64, 'a');
    options.saveSeconds = 0;
    cutPowerAfter(9, options);
    EXPECT_EQ(learning::readState(options.state, options.fingerprint)->step, 9);
    const auto resumed = trained(options);
    ASSERT_TRUE(resumed) << resumed.error().message();
    EXPECT_EQ(weightsOf(resumed->graph), weightsOf(whole->graph));
    EXPECT_EQ(resumed->log.loss, whole->log.loss);
}

TEST(Train, TheStateIsWrittenAtLeastEveryMinute) {
    EXPECT_LE(TrainOptions().saveSeconds, 60);
    support::TemporaryDir directory;
    TrainOptions options = epochs(20);
    options.state = directory / "state";
    options.fingerprint = std::string(64, 'a');
    options.saveSeconds = 0.02;
    std::filesystem::file_time_type written{};
    int32_t writes = 0;
    types::Work work;
    work.progress = [&](double, const char*) {
        std::error_code none;
        const auto time = std::filesystem::last_write_time(options.state, none);
        if (none || time == written) return;
        written = time;
        ++writes;
    };
    const auto model = trained(options, work);
    ASSERT_TRUE(model);
    EXPECT_GE(writes, std::min(int32_t(model->log.seconds / 0.1), 3));
}

TEST(Train, RefusesStatesOfOthersAndDamagedOnes) {
    support::TemporaryDir directory;
    TrainOptions options = epochs(1);
    options.state = directory / "state";
    options.fingerprint = std::string(64, 'a');
    ASSERT_TRUE(trained(options));
    options.fingerprint = std::string(64, 'b');
    EXPECT_FALSE(trained(options));
    options.fingerprint = std::string(64, 'a');
    std::fstream file(options.state, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(300);
    file.put('!');
    file.close();
    EXPECT_FALSE(trained(options));
}

TEST(Train, EndsWithTheBestSoFarWhenAsked) {
    TrainOptions options = epochs(1000);
    int32_t asked = 0;
    options.isFinishAsked = [&] { return ++asked > 30; };
    const auto model = trained(options);
    ASSERT_TRUE(model);
    EXPECT_TRUE(model->log.wasStopped);
    EXPECT_LT(model->log.epochs, 10);
}

TEST(Train, KeepsZeros) {
    types::Graph graph = *network();
    for (const types::Op& op : graph.ops)
        if (op.kind == types::OpKind::CONV_2D) {
            types::Bytes& data = graph.buffers[graph.tensor(op.inputs[1]).buffer];
            std::vector<uint8_t> bytes(data.view().begin(), data.view().end());
            std::fill_n(bytes.begin(), 8, uint8_t(0));
            data = types::Bytes(std::move(bytes));
        }
    TrainOptions options = epochs(2);
    options.keepZeros = true;
    const auto model = learning::train(graph, nullptr, pictures(90, 1), pictures(40, 2), options);
    ASSERT_TRUE(model);
    const auto after = model->graph.constantData(graph.ops[0].inputs[1]).view();
    for (size_t i = 0; i < 8; ++i)
        EXPECT_EQ(after[i] & 0x7f, 0) << i;
}

}  // namespace
