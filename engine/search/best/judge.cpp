// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/best/judge.h"

#include "bytes/sha256.h"
#include "data/split.h"
#include "engine/compare_with_original.h"
#include "tflite/read.h"

namespace search {

using namespace types;

namespace {

/// Of one dataset: learned from, chosen by, judged by.
constexpr data::Shares kThreeParts = {0.4, 0.3, 0.3};
/// Where other data are learned from.
constexpr data::Shares kTwoParts = {0, 0.5, 0.5};

/// A dataset of its own, so that it is not split again with another part.
data::DatasetPtr partOf(const data::Dataset& dataset, const std::vector<int32_t>& samples,
                        const std::string& part) {
    data::Dataset selected = data::select(dataset, samples, part);
    if (!selected.path.empty()) selected.path += "#" + part;
    return std::make_shared<const data::Dataset>(std::move(selected));
}

}  // namespace

Result<data::DatasetPtr> holdBackJudge(SweepSubject& subject) {
    auto& data = subject.options.data;
    if (!data.dataset) return data::DatasetPtr();
    const bool isOneSet = !data.calibration || data.calibration == data.dataset ||
                          data.calibration->path == data.dataset->path;
    const auto parts =
        data::split(*data.dataset, isOneSet ? kThreeParts : kTwoParts, data.splitSeed);
    if (!parts) return tl::unexpected(parts.error());
    const data::DatasetPtr all = data.dataset;
    if (isOneSet) data.calibration = partOf(*all, parts->train, "learning part");
    data.dataset = partOf(*all, parts->calibration, "choosing part");
    return partOf(*all, parts->test, "judging part");
}

Result<JudgedPoint> judge(sweep::SweepStore& store, const SweepSubject& subject,
                          const data::DatasetPtr& judging, const SweptPoint& point,
                          const Work& work) {
    JudgedPoint judged{point, {}, nullptr};
    auto kept = store.model(point.item);
    if (!kept) return tl::unexpected(kept.error());
    if (*kept && bytes::sha256((*kept)->view()) == point.answer.modelSha256) {
        auto graph = tflite::readBytes(**kept, subject.graph->name);
        if (!graph) return tl::unexpected(graph.error());
        judged.graph = std::move(*graph);
    } else {
        auto varied = engine::varyOnData(subject.graph, point.variation, subject.options.data, work,
                                         {}, subject.options.shared.get(), subject.device);
        if (!varied) return tl::unexpected(varied.error());
        judged.graph = varied->graph;
    }
    if (!judging) return judged;
    auto quality = engine::qualityOf(*subject.graph, *judged.graph, *judging, work.quiet());
    if (!quality) return tl::unexpected(quality.error());
    judged.quality = std::move(*quality);
    return judged;
}

}  // namespace search
