// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/train.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "learning/batches.h"
#include "learning/rate_schedule.h"
#include "learning/training_state.h"

namespace learning {

using types::fail;
using types::Graph;
using types::Result;
using types::Work;

namespace {

using Clock = std::chrono::steady_clock;

/// Share of an averaged weight that comes from before, after many steps.
constexpr double kMemory = 0.995;

/// Sets the range of the values of a set's first samples.
Result<void> setRange(const TrainingSet& set, size_t size, AugmentationPlan& plan) {
    constexpr size_t kMost = 256;
    std::vector<float> values(size);
    plan.low = INFINITY, plan.high = -INFINITY;
    for (size_t i = 0; i < std::min(set.count, kMost); ++i) {
        if (auto read = set.read(i, values); !read) return read;
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        plan.low = std::min(plan.low, *low), plan.high = std::max(plan.high, *high);
    }
    return {};
}

class Trainer {
public:
    Trainer(const Graph& student, const TrainingSet& training, const TrainingSet& validation,
            const TrainOptions& options, const Work& work)
        : m_graph(student), m_options(options), m_work(work), m_validation(validation) {
        m_state.log.trainSamples = int32_t(training.count);
        m_state.log.validationSamples = int32_t(validation.count);
        m_state.log.seed = options.seed;
    }

    Result<TrainedModel> run(const Graph* teacher, const TrainingSet& training);

private:
    Result<void> prepare(const Graph* teacher, const TrainingSet& training);
    Result<std::vector<CentredLayer>> measuredLayers();
    Result<void> resume();
    Result<void> loop();
    Result<void> step();
    Result<void> endEpoch();
    /// Of the validation samples, with the averaged weights.
    struct Judged {
        double loss = 0, right = 0, labelled = 0;
    };
    Result<Judged> judge();
    Result<void> judgeBatch(size_t index, Judged& judged);
    Result<void> runTeacher(std::span<const float> inputs, size_t samples, Wanted& wanted);
    Result<void> save();
    void average();
    /// Exchanges the parameters and a copy of them.
    void exchange(std::vector<std::vector<float>>& copy);
    std::vector<std::vector<float>> copied() const;
    double progress() const;
    bool isOver() const;
    bool isFinishAsked();
    int64_t stepsPerEpoch() const { return int64_t(m_batches->count()); }

    const Graph& m_graph;
    const TrainOptions& m_options;
    const Work& m_work;
    const TrainingSet& m_validation;
    std::optional<Batches> m_batches, m_plain;
    std::optional<Network> m_network, m_teacher;
    std::optional<Optimizer> m_optimizer;
    std::vector<std::vector<float>> m_averaged, m_best;
    std::vector<std::vector<float>> m_taught;  ///< teacher's outputs by batch of the validation
    std::vector<float> m_inputs;
    Wanted m_wanted;
    TrainingState m_state;
    Clock::time_point m_start = Clock::now(), m_saved = m_start;
    double m_before = 0;  ///< seconds of the runs before this one
};

std::vector<std::vector<float>> Trainer::copied() const {
    std::vector<std::vector<float>> copy;
    for (const Parameter& parameter : m_network->parameters())
        copy.emplace_back(parameter.value.begin(), parameter.value.end());
    return copy;
}

void Trainer::exchange(std::vector<std::vector<float>>& copy) {
    const auto parameters = m_network->parameters();
    for (size_t i = 0; i < copy.size(); ++i)
        std::swap_ranges(copy[i].begin(), copy[i].end(), parameters[i].value.begin());
}

void Trainer::average() {
    // The first steps are forgotten sooner.
    const double steps = double(m_state.step);
    const auto memory = static_cast<float>(std::min(kMemory, (1 + steps) / (10 + steps)));
    const auto parameters = m_network->parameters();
    for (size_t p = 0; p < m_averaged.size(); ++p)
        for (size_t i = 0; i < m_averaged[p].size(); ++i) {
            const float value = parameters[p].value[i];
            m_averaged[p][i] = value + memory * (m_averaged[p][i] - value);
        }
}

double Trainer::progress() const {
    const double byTime = m_options.seconds > 0 ? m_state.seconds / m_options.seconds : 0;
    const double all = double(stepsPerEpoch()) * m_options.epochs;
    return std::max(byTime, all > 0 ? double(m_state.step) / all : 0);
}

bool Trainer::isOver() const {
    if (progress() >= 1) return true;
    const types::Training& log = m_state.log;
    const double without = log.epochs - log.bestEpoch;
    const double whole = log.epochs / std::max(progress(), 1e-9);
    return without > std::max(10.0, m_options.patience * whole);
}

Result<void> Trainer::prepare(const Graph* teacher, const TrainingSet& training) {
    NetworkOptions options;
    options.batch = m_options.batch;
    options.threads = m_work.threads;
    options.beforeSoftmax = m_options.loss.kind == LossKind::Choice;
    if (teacher) {
        auto built = Network::build(*teacher, options);
        if (!built) return tl::unexpected(built.error());
        m_teacher = std::move(*built);
    }
    options.rounding = m_options.rounding;
    auto built = Network::build(m_graph, options);
    if (!built) return tl::unexpected(built.error());
    m_network = std::move(*built);
    AugmentationPlan plan = m_options.augmentation;
    if (auto set = setRange(training, m_network->inputSize(), plan); !set) return set;
    m_batches.emplace(training, size_t(m_options.batch), uint64_t(m_options.seed), plan);
    m_plain.emplace(m_validation, size_t(m_options.batch), 0, AugmentationPlan());
    m_inputs.resize(m_network->inputSize() * size_t(m_options.batch));
    auto layers = measuredLayers();
    if (!layers) return tl::unexpected(layers.error());
    OptimizerOptions optimizer{m_options.method, 0.9, 0.999, m_options.keepZeros,
                               std::move(*layers)};
    m_averaged = m_best = copied();
    m_optimizer.emplace(m_network->parameters(), std::move(optimizer));
    m_taught.resize(m_plain->count());
    return {};
}

/// The layers with the means of their inputs in a few batches at the start.
Result<std::vector<CentredLayer>> Trainer::measuredLayers() {
    constexpr size_t kMost = 8;
    InputMeans means(m_graph, centredLayers(m_graph));
    for (size_t i = 0; i < std::min(m_batches->count(), kMost); ++i) {
        const auto samples = m_batches->fill(0, i, m_inputs, m_wanted);
        if (!samples) return tl::unexpected(samples.error());
        const size_t floats = *samples * m_network->inputSize();
        if (auto done = m_network->forward(std::span<const float>(m_inputs).first(floats)); !done)
            return tl::unexpected(done.error());
        means.add(*m_network);
    }
    return means.finish();
}

/// The lists of a state, in its order: the parameters now, averaged, best; the optimizer's.
Result<void> Trainer::resume() {
    auto before = readState(m_options.state, m_options.fingerprint);
    if (!before) return tl::unexpected(before.error());
    if (before->fingerprint.empty()) return {};
    std::vector<std::span<float>> places;
    for (const Parameter& parameter : m_network->parameters())
        places.push_back(parameter.value);
    for (auto* lists : {&m_averaged, &m_best})
        places.insert(places.end(), lists->begin(), lists->end());
    const auto own = m_optimizer->state();
    places.insert(places.end(), own.begin(), own.end());
    bool fits = before->values.size() == places.size();
    for (size_t i = 0; fits && i < places.size(); ++i)
        fits = before->values[i].size() == places[i].size();
    if (!fits)
        return fail("belongs to another training (its weights have other sizes)",
                    m_options.state.string(), "name another file, or remove it to train anew");
    for (size_t i = 0; i < places.size(); ++i)
        std::copy(before->values[i].begin(), before->values[i].end(), places[i].begin());
    m_state = std::move(*before);
    m_state.values.clear();
    m_optimizer->setSteps(m_state.step);
    m_before = m_state.seconds;
    return {};
}

Result<void> Trainer::save() {
    if (m_options.state.empty()) return {};
    m_saved = Clock::now();
    m_state.fingerprint = m_options.fingerprint;
    m_state.values = copied();
    for (const auto* lists : {&m_averaged, &m_best})
        m_state.values.insert(m_state.values.end(), lists->begin(), lists->end());
    for (const std::span<float> part : m_optimizer->state())
        m_state.values.emplace_back(part.begin(), part.end());
    auto written = writeState(m_state, m_options.state);
    m_state.values.clear();
    return written;
}

Result<void> Trainer::runTeacher(std::span<const float> inputs, size_t samples, Wanted& wanted) {
    if (!m_teacher) return {};
    if (auto done = m_teacher->forward(inputs.first(samples * m_teacher->inputSize())); !done)
        return done;
    wanted.teacher = m_teacher->outputs();
    return {};
}

Result<void> Trainer::judgeBatch(size_t index, Judged& judged) {
    Wanted wanted;
    const auto samples = m_plain->fillPlain(index, m_inputs, wanted);
    if (!samples) return tl::unexpected(samples.error());
    const auto inputs = std::span<const float>(m_inputs).first(*samples * m_network->inputSize());
    // The teacher says the same after every epoch.
    if (m_teacher && m_taught[index].empty()) {
        if (auto done = runTeacher(inputs, *samples, wanted); !done) return done;
        m_taught[index].assign(wanted.teacher.begin(), wanted.teacher.end());
    }
    wanted.teacher = m_taught[index];
    if (auto done = m_network->forward(inputs); !done) return done;
    const std::span<const float> outputs = m_network->outputs();
    const size_t size = m_network->outputSize();
    judged.loss += double(*samples) * lossOf(m_options.loss, *samples, outputs, wanted,
                                             m_network->outputGradient().first(outputs.size()));
    for (size_t i = 0; i < wanted.labels.size(); ++i) {
        if (wanted.labels[i] < 0) continue;
        const auto scores = outputs.subspan(i * size, size);
        const auto best = std::max_element(scores.begin(), scores.end()) - scores.begin();
        judged.labelled += 1;
        judged.right += best == wanted.labels[i];
    }
    return {};
}

Result<Trainer::Judged> Trainer::judge() {
    Judged judged;
    exchange(m_averaged);
    Result<void> done;
    for (size_t i = 0; i < m_plain->count() && done; ++i)
        done = judgeBatch(i, judged);
    exchange(m_averaged);
    if (!done) return tl::unexpected(done.error());
    judged.loss /= double(m_validation.count);
    return judged;
}

Result<void> Trainer::endEpoch() {
    const auto judged = judge();
    if (!judged) return tl::unexpected(judged.error());
    types::Training& log = m_state.log;
    const double loss = m_state.lossSum / double(stepsPerEpoch());
    m_state.lossSum = 0;
    if (!std::isfinite(loss) || !std::isfinite(judged->loss))
        return fail("the loss is no number any more",
                    m_graph.name + ", epoch " + std::to_string(log.epochs + 1),
                    "check the data for values out of range");
    ++log.epochs;
    log.loss.push_back(loss);
    log.validationLoss.push_back(judged->loss);
    if (m_options.loss.kind == LossKind::Choice && judged->labelled > 0)
        log.accuracy.push_back(judged->right / judged->labelled);
    if (judged->loss < m_state.bestLoss) {
        m_state.bestLoss = judged->loss;
        log.bestEpoch = log.epochs;
        m_best = m_averaged;
    }
    if (m_options.onEpoch) m_options.onEpoch(log);
    return {};
}

/// A wait of the caller is not time of the training.
bool Trainer::isFinishAsked() {
    if (!m_options.isFinishAsked) return false;
    const Clock::time_point before = Clock::now();
    const bool isAsked = m_options.isFinishAsked();
    m_start += Clock::now() - before;
    return isAsked;
}

Result<void> Trainer::step() {
    const auto epoch = size_t(m_state.step / stepsPerEpoch());
    const auto index = size_t(m_state.step % stepsPerEpoch());
    const auto samples = m_batches->fill(epoch, index, m_inputs, m_wanted);
    if (!samples) return tl::unexpected(samples.error());
    const auto inputs = std::span<const float>(m_inputs).first(*samples * m_network->inputSize());
    if (auto done = runTeacher(inputs, *samples, m_wanted); !done) return done;
    if (auto done = m_network->forward(inputs); !done) return done;
    const std::span<const float> outputs = m_network->outputs();
    m_state.lossSum += lossOf(m_options.loss, *samples, outputs, m_wanted,
                              m_network->outputGradient().first(outputs.size()));
    if (auto done = m_network->backward(); !done) return done;
    m_optimizer->step(m_options.rate * rateAt(progress()));
    ++m_state.step;
    average();
    m_state.seconds = m_before + std::chrono::duration<double>(Clock::now() - m_start).count();
    return m_state.step % stepsPerEpoch() == 0 ? endEpoch() : Result<void>();
}

Result<void> Trainer::loop() {
    while (!m_state.isDone && !isOver()) {
        if (m_work.isStopped()) {
            if (auto saved = save(); !saved) return saved;
            return types::cancelled();
        }
        if (isFinishAsked()) {
            m_state.log.wasStopped = true;
            break;
        }
        if (m_work.isStopped()) continue;
        m_work.report(progress(), "training");
        if (auto done = step(); !done) return done;
        if (std::chrono::duration<double>(Clock::now() - m_saved).count() > m_options.saveSeconds)
            if (auto saved = save(); !saved) return saved;
    }
    // What an unfinished epoch learned counts if it is better.
    if (!m_state.isDone && m_state.step % stepsPerEpoch() != 0) {
        const auto judged = judge();
        if (!judged) return tl::unexpected(judged.error());
        if (judged->loss < m_state.bestLoss) m_best = m_averaged;
    }
    m_state.isDone = true;
    m_state.log.seconds = m_state.seconds;
    return save();
}

Result<TrainedModel> Trainer::run(const Graph* teacher, const TrainingSet& training) {
    if (auto ready = prepare(teacher, training); !ready) return tl::unexpected(ready.error());
    const auto start = judge();
    if (!start) return tl::unexpected(start.error());
    m_state.bestLoss = start->loss;
    if (!m_options.state.empty())
        if (auto resumed = resume(); !resumed) return tl::unexpected(resumed.error());
    if (auto done = loop(); !done) return tl::unexpected(done.error());
    exchange(m_best);
    // Scales are those of the last step forwards.
    Judged unused;
    if (m_options.rounding)
        if (auto done = judgeBatch(0, unused); !done) return tl::unexpected(done.error());
    TrainedModel trained{m_graph, std::move(m_state.log), m_network->scales()};
    m_network->writeBack(trained.graph);
    for (const FrozenOp& frozen : m_network->frozen())
        trained.log.notes.push_back(types::opLabel(m_graph, frozen.op) +
                                    " is not trained: " + frozen.why);
    return trained;
}

Result<void> checkSets(const Graph& student, const Graph* teacher, const TrainingSet& training,
                       const TrainingSet& validation) {
    if (training.count == 0 || validation.count == 0)
        return fail("training needs samples to learn from and others to validate on", student.name,
                    "give more data");
    const bool isKnown =
        !training.labels.empty() || !training.targets.empty() || training.reconstructs;
    if (!isKnown && !teacher)
        return fail("there is nothing to learn from: no labels, no targets, no teacher",
                    student.name, "give labelled data");
    return {};
}

}  // namespace

Result<TrainedModel> train(const Graph& student, const Graph* teacher, const TrainingSet& training,
                           const TrainingSet& validation, const TrainOptions& options,
                           const Work& work) {
    if (auto sound = checkSets(student, teacher, training, validation); !sound)
        return tl::unexpected(sound.error());
    return Trainer(student, training, validation, options, work).run(teacher, training);
}

}  // namespace learning
