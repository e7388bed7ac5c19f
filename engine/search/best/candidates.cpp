// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/best/candidates.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "bytes/sha256.h"
#include "search/front/exact_hypervolume.h"
#include "transform/document/variation_file.h"

namespace search {

using namespace types;

namespace {

constexpr int32_t kPage = 2000;

/// What decides costs, without what only data and training decide.
Variation costedAs(Variation v) {
    v.train = {};
    v.prune.recover = false;
    if (!v.prune.measure) v.prune.measure = ImportanceMeasure::L1;
    if (!v.prune.scope) v.prune.scope = PruneScope::PerLayer;
    v.quantize.equalize = v.quantize.correctBias = v.quantize.reconstruct = false;
    const auto known = [](Precision precision) {
        return precision == Precision::Auto ? Precision::Int8 : precision;
    };
    v.quantize.precision = known(v.quantize.precision);
    for (auto& [index, layer] : v.layers)
        if (layer.precision) layer.precision = known(*layer.precision);
    return v.normalized();
}

/// One in the middle of the space for each precision.
std::vector<Variation> examplesOf(const Space& space) {
    Point middle;
    size_t precision = 0, precisions = 1;
    for (size_t d = 0; d < space.dimensions().size(); ++d) {
        const Dimension& dimension = space.dimensions()[d];
        middle.push_back(static_cast<int32_t>(dimension.choices.size() / 2));
        if (dimension.path != "quantize" && dimension.path != "quantize.precision") continue;
        precision = d;
        precisions = dimension.choices.size();
    }
    std::vector<Variation> examples;
    for (size_t i = 0; i < precisions; ++i) {
        if (precisions > 1) middle[precision] = static_cast<int32_t>(i);
        examples.push_back(space.at(middle));
    }
    return examples;
}

/// Equal variations have equal numbers in every search: the first bits of a hash.
int64_t numberOf(const std::string& text) {
    const std::string digest =
        bytes::sha256({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
    return std::stoll(digest.substr(0, 15), nullptr, 16);
}

}  // namespace

Candidates::Candidates(sweep::SweepStore& store, const SweepSubject& subject,
                       const SearchOptions& options, const Work& work)
    : m_store(store),
      m_subject(subject),
      m_costSubject(subject),
      m_options(options),
      m_work(work),
      m_keys(subject.graph) {
    m_costSubject.options.data = {};
    m_costSubject.options.samples = 0;
    m_costSubject.options.shared = nullptr;
}

Result<void> Candidates::begin(const Space& space) {
    const auto original =
        engine::evaluate(m_subject.graph, {}, m_subject.device, m_subject.options, m_work.quiet());
    if (!original) return tl::unexpected(original.error());
    m_original = answerOf(**original);
    m_axes.emplace(goal(), m_original, m_subject.device != nullptr);
    auto decided = decideOnce(m_subject, examplesOf(space), m_work.quiet());
    if (!decided) return tl::unexpected(decided.error());
    m_decisions = std::move(*decided);
    return readOutcomes();
}

bool Candidates::isOver() const {
    return m_wasStopped || m_work.isStopped() || evaluationsLeft() <= 0 ||
           (m_options.deadline && std::chrono::steady_clock::now() >= *m_options.deadline);
}

int64_t Candidates::evaluationsLeft() const {
    const int64_t most = m_options.evaluations == 0 ? INT32_MAX : m_options.evaluations;
    return most - m_evaluations;
}

std::vector<std::optional<Answer>> Candidates::cost(const std::vector<Variation>& variations) {
    std::vector<std::string> texts;
    std::vector<Variation> open;
    std::vector<std::string> openTexts;
    for (const Variation& variation : variations) {
        Variation costed = costedAs(variation);
        texts.push_back(transform::variationText(costed));
        if (m_costs.emplace(texts.back(), std::nullopt).second) {
            open.push_back(std::move(costed));
            openTexts.push_back(texts.back());
        }
    }
    std::vector<std::optional<Answer>> made(open.size());
    std::atomic<size_t> next{0};
    const auto costSome = [&] {
        for (size_t i; (i = next++) < open.size() && !m_work.isStopped();)
            if (const auto evaluation =
                    engine::evaluate(m_subject.graph, open[i], m_subject.device,
                                     m_costSubject.options, Work{m_work.stop, {}, 1}))
                made[i] = answerOf(**evaluation);
    };
    std::vector<std::thread> threads;
    for (int t = 1; t < std::min<int>(m_work.threads, static_cast<int>(open.size())); ++t)
        threads.emplace_back(costSome);
    costSome();
    for (std::thread& thread : threads)
        thread.join();
    for (size_t i = 0; i < open.size(); ++i) {
        if (made[i]) noteNearest({-1, open[i], *made[i]}, goal().costExcess(*made[i]));
        m_costs[openTexts[i]] = std::move(made[i]);
    }
    std::vector<std::optional<Answer>> answers;
    for (const std::string& text : texts)
        answers.push_back(m_costs[text]);
    return answers;
}

void Candidates::noteNearest(const SweptPoint& point, double excess) {
    if (excess == 0 || (m_nearest && m_nearestExcess <= excess)) return;
    m_nearest = point;
    m_nearestExcess = excess;
}

/// The front, or what is nearest to it where nothing is feasible.
void Candidates::take(const std::string& text, Known& known) {
    if (!known.answer) return;
    auto variation = transform::parseVariation(text, "the database");
    if (!variation) return;
    const SweptPoint point{known.item, std::move(*variation), *known.answer};
    const double excess = goal().excess(*known.answer);
    if (excess > 0) return noteNearest(point, excess);
    auto shares = m_axes->shares(*known.answer);
    std::vector<int64_t> gone;
    if (!shares || !m_front.insert({known.item, std::move(*shares)}, gone)) return;
    for (int64_t item : gone)
        m_points.erase(item);
    m_points[known.item] = point;
}

Result<void> Candidates::readOutcomes() {
    for (;;) {
        const auto outcomes = m_store.outcomesAfter(m_sequence, kPage);
        if (!outcomes) return tl::unexpected(outcomes.error());
        for (const sweep::Outcome& outcome : *outcomes) {
            m_sequence = std::max(m_sequence, outcome.sequence);
            Known& known = m_known[outcome.variation];
            if (known.isDone) continue;
            known.isDone = true;
            known.item = outcome.item;
            const auto& text = outcome.document;
            const bool isSound =
                !outcome.isFailed && bytes::sha256({reinterpret_cast<const uint8_t*>(text.data()),
                                                    text.size()}) == outcome.digest;
            if (auto answer = parseAnswer(isSound ? text : ""); answer && isSound)
                known.answer = std::move(*answer);
        }
        if (outcomes->size() < static_cast<size_t>(kPage)) return {};
    }
}

Result<std::vector<std::optional<Answer>>> Candidates::evaluate(
    const std::vector<Variation>& variations, const TrainKnobs& train) {
    std::vector<std::string> texts;
    std::vector<sweep::NewItem> open;
    for (Variation variation : variations) {
        if (!variation.train.isSet()) variation.train = train;
        m_decisions.settle(variation);
        texts.push_back(transform::variationText(variation.normalized()));
        const auto known = m_known.find(texts.back());
        const bool isDone = known != m_known.end() && known->second.isDone;
        if (!isDone) open.push_back({numberOf(texts.back()), texts.back()});
    }
    if (!open.empty()) {
        if (auto added = m_store.add(open); !added) return tl::unexpected(added.error());
        SweepRunOptions run;
        run.owner = m_options.owner;
        run.leaseSeconds = m_options.leaseSeconds;
        run.deadline = m_options.deadline;
        SweptFront kept(m_axes->metrics());
        const auto done = runSweep(m_store, m_subject, run, kept, m_work);
        if (!done) return tl::unexpected(done.error());
        m_wasStopped = m_wasStopped || done->wasStopped;
        if (auto read = readOutcomes(); !read) return tl::unexpected(read.error());
    }
    std::vector<std::optional<Answer>> answers;
    for (const std::string& text : texts) {
        Known& known = m_known[text];
        answers.push_back(known.answer);
        if (!known.isDone || known.isAsked) continue;
        known.isAsked = true;
        ++m_evaluations;
        take(text, known);
    }
    std::vector<Objectives> shares;
    for (const FrontPoint& point : m_front.points())
        shares.push_back(point.values);
    m_progress.push_back({m_evaluations, hypervolume(shares, m_axes->reference())});
    return answers;
}

BestFound Candidates::result() const {
    BestFound found;
    for (const auto& [item, point] : m_points)
        found.front.push_back(point);
    std::ranges::sort(found.front, [&](const SweptPoint& a, const SweptPoint& b) {
        if (goal().isBetter(a.answer, b.answer) != goal().isBetter(b.answer, a.answer))
            return goal().isBetter(a.answer, b.answer);
        const auto x = m_axes->shares(a.answer), y = m_axes->shares(b.answer);
        return *x != *y ? *x < *y : a.item < b.item;
    });
    found.nearest = m_nearest;
    found.metrics = m_axes->metrics();
    found.evaluations = m_evaluations;
    found.costed = static_cast<int64_t>(m_costs.size());
    found.progress = m_progress;
    found.hypervolume = m_progress.empty() ? 0 : m_progress.back().hypervolume;
    found.wasStopped = m_wasStopped || m_work.isStopped();
    return found;
}

}  // namespace search
