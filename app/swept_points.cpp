// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/swept_points.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

#include "bytes/sha256.h"
#include "search/sweep/decide_once.h"
#include "search/sweep/item_crew.h"
#include "search/sweep/run_sweep.h"
#include "store/sweep_database.h"
#include "tflite/write.h"
#include "transform/document/variation_file.h"

namespace app {
namespace {

namespace fs = std::filesystem;
using types::Result;

constexpr int32_t kOutcomesAtOnce = 500;
constexpr size_t kNamePart = 12;  ///< hexadecimal digits of a hash in a file's name
constexpr const char* kQueueEnding = ".sweep";

/// Keys of an answer's totals for a column: value, low and high end.
struct AnswerKeys {
    const char *value, *low, *high;
    bool isPredicted;
};

/// By the columns of a PointStore.
constexpr AnswerKeys kAnswerKeys[] = {
    {"macs", "", "", false},
    {"ops", "", "", false},
    {"params", "", "", false},
    {"flash_bytes", "", "", false},
    {"arena_used_bytes", "", "", false},
    {"latency_us", "latency_low_us", "latency_high_us", true},
    {"energy_uj", "energy_low_uj", "energy_high_uj", true},
    {"accuracy", "accuracy_low", "accuracy_high", false},
    {"auc", "auc_low", "auc_high", false},
    {"mean_squared_error", "mean_squared_error_low", "mean_squared_error_high", false},
    {"agreement", "", "", false},
    {"sqnr_db", "", "", false},
    {"flash_used_bytes", "", "", false},
    {"sram_used_bytes", "", "", false},
};

types::Verdict verdictOf(const search::Answer& answer) {
    if (answer.fitsFlash == false || answer.fitsSram == false) return types::Verdict::Exceeds;
    const bool isKnown = answer.fitsFlash && answer.fitsSram;
    return isKnown ? types::Verdict::Fits : types::Verdict::Unknown;
}

/// Nothing for a failed item, and for one that is not sound.
std::optional<views::NewPoint> pointOf(const sweep::Outcome& outcome) {
    if (outcome.isFailed) return std::nullopt;
    const auto answer = search::parseAnswer(outcome.document);
    const auto variation = transform::parseVariation(outcome.variation, "sweep");
    if (!answer || !variation) return std::nullopt;
    views::NewPoint point;
    point.variation = variation->normalized();
    point.network = answer->modelSha256;
    point.verdict = verdictOf(*answer);
    point.isTrained = variation->train.isSet();
    const auto total = [&](const char* key) {
        const auto found = answer->totals.find(key);
        return found == answer->totals.end() ? views::kMissing : found->second;
    };
    for (const AnswerKeys& keys : kAnswerKeys)
        point.figures.push_back(
            {total(keys.value), total(keys.low), total(keys.high), keys.isPredicted});
    return point;
}

/// Points stored after `sequence`, which moves on.
Result<std::vector<views::NewPoint>> newPoints(sweep::SweepStore& store, int64_t& sequence) {
    const auto outcomes = store.outcomesAfter(sequence, kOutcomesAtOnce);
    if (!outcomes) return tl::unexpected(outcomes.error());
    std::vector<views::NewPoint> points;
    for (const sweep::Outcome& outcome : *outcomes) {
        sequence = std::max(sequence, outcome.sequence);
        if (auto point = pointOf(outcome)) points.push_back(std::move(*point));
    }
    return points;
}

std::string modelPart(const search::SweepSubject& subject) {
    return bytes::sha256(tflite::writeBytes(*subject.graph).view()).substr(0, kNamePart);
}

/// The queue's name begins with the model's hash, so that its sweeps are found.
fs::path queuePath(const DrawnMaterial& drawn, const fs::path& folder) {
    return folder / (modelPart(drawn.material.subject) + '-' + drawn.spec.id.substr(0, kNamePart) +
                     kQueueEnding);
}

/// All at once, unless they are there. What data decide is decided once for all of them.
Result<void> addItems(sweep::SweepStore& store, const DrawnMaterial& drawn,
                      const types::Work& work) {
    const auto status = store.status();
    if (!status) return tl::unexpected(status.error());
    std::vector<types::Variation> variations = drawn.space.variations;
    if (status->items() >= std::ssize(variations)) return {};
    const auto& subject = drawn.material.subject;
    const auto decisions = search::decideOnce(subject, variations, work.quiet());
    if (!decisions) return tl::unexpected(decisions.error());
    for (types::Variation& variation : variations)
        decisions->settle(variation);
    return store.add(search::itemsOf(subject, variations));
}

/// Empty where the queue is of another model, board or data, or is damaged.
std::optional<FoundSweep> readSweep(const SweepMaterial& material, const fs::path& path,
                                    const types::Work& work) {
    const auto store = store::openSweepStore(path.string(), store::IfMissing::Refuse);
    if (!store) return std::nullopt;
    const auto known = (*store)->spec();
    if (!known) return std::nullopt;
    const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(known->text)).object();
    const std::string space = json["what"].toString().toStdString();
    const auto drawn = drawMaterial(material, space, work);
    if (!drawn || drawn->spec != *known) return std::nullopt;
    FoundSweep found{space, {}, {}};
    int64_t sequence = 0;
    for (;;) {
        const int64_t before = sequence;
        auto points = newPoints(**store, sequence);
        if (!points) return std::nullopt;
        found.points.insert(found.points.end(), std::make_move_iterator(points->begin()),
                            std::make_move_iterator(points->end()));
        if (sequence == before) break;
    }
    auto status = (*store)->status();
    if (!status) return std::nullopt;
    found.status = std::move(*status);
    return found;
}

}  // namespace

static_assert(std::size(kAnswerKeys) == 14, "one row for each column of views::PointStore");

Result<DrawnMaterial> drawMaterial(const SweepMaterial& material, const std::string& space,
                                   const types::Work& work) {
    DrawnMaterial drawn{material, {}, {}};
    search::SweepSubject& subject = drawn.material.subject;
    const auto parsed = search::Space::parse(space, "the sweep", subject.graph);
    if (!parsed) return tl::unexpected(parsed.error());
    auto points = search::drawSpace(*parsed, subject.graph, work);
    if (!points) return tl::unexpected(points.error());
    drawn.space = std::move(*points);
    search::shareWork(subject, drawn.space.variations);
    // As the window scores every variation, so that points can be compared.
    subject.options.data.evaluation = scoring::EvaluationSamples::TestPart;
    drawn.spec = search::specOf(subject, parsed->text());
    return drawn;
}

double secondsEach(const DrawnMaterial& drawn, size_t most, double seconds,
                   const types::Work& work) {
    const auto items = search::itemsOf(drawn.material.subject, drawn.space.variations);
    const size_t count = std::min(most, items.size());
    double sum = 0;
    size_t done = 0;
    for (size_t i = 0; i < count && sum < seconds && !work.isStopped(); ++i, ++done) {
        const auto& item = items[i * (items.size() - 1) / std::max<size_t>(count - 1, 1)];
        sum +=
            search::evaluateItem(drawn.material.subject, {item.item, 1, item.variation}, work.stop)
                .seconds;
    }
    return done == 0 ? 0 : sum / static_cast<double>(done);
}

Result<void> workThrough(const DrawnMaterial& drawn, const fs::path& folder,
                         const types::Work& work, const SweepNews& tell) {
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem)
        return types::fail("cannot make the folder: " + problem.message(), folder.string(),
                           "save the project in a folder that you may write to");
    const std::string path = queuePath(drawn, folder).string();
    const auto store = store::openSweepStore(path, store::IfMissing::Create);
    if (!store) return tl::unexpected(store.error());
    if (const auto begun = search::beginSweep(**store, drawn.spec, path); !begun) return begun;
    if (const auto added = addItems(**store, drawn, work); !added) return added;
    int64_t sequence = 0;
    search::SweepRunOptions options;
    options.owner = drawn.material.owner;
    options.onAnswers = [&](const search::SweptFront&, const sweep::SweepStatus& status) {
        for (int64_t before = -1; before != sequence;) {
            before = sequence;
            // A problem of the database ends the run itself.
            if (auto points = newPoints(**store, sequence)) tell(status, std::move(*points));
        }
    };
    const auto& subject = drawn.material.subject;
    search::SweptFront front(
        search::usualObjectives(subject.hasDataset(), subject.device != nullptr));
    const auto run = search::runSweep(**store, subject, options, front, work);
    if (!run) return tl::unexpected(run.error());
    return {};
}

bool readSweeps(const SweepMaterial& material, const std::vector<fs::path>& folders,
                const types::Work& work, const std::function<void(FoundSweep)>& tell) {
    const std::string part = modelPart(material.subject);
    for (const fs::path& folder : folders) {
        std::error_code problem;
        for (const auto& entry : fs::directory_iterator(folder, problem)) {
            if (work.isStopped()) return true;
            const std::string name = entry.path().filename().string();
            if (!name.starts_with(part) || entry.path().extension() != kQueueEnding) continue;
            if (auto found = readSweep(material, entry.path(), work)) tell(std::move(*found));
        }
    }
    return true;
}

}  // namespace app
