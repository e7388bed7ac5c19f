// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/accuracy_front.h"

#include <algorithm>
#include <cmath>

#include "cost/terms/workload.h"
#include "studies/figures.h"

namespace studies {

using namespace types;

namespace {

/// How well one model does: a share or an error, whichever its task has.
struct Figure {
    const char *name, *unit;
    bool higherIsBetter;
    std::optional<double> value, original, trainedOriginal;
};

template <typename Member>
std::optional<double> of(const std::optional<Quality>& quality, Member member, double factor) {
    if (!quality || !((*quality).*member)) return std::nullopt;
    return factor * ((*quality).*member)->value;
}

template <typename Member>
Figure figureOf(const Evaluation& e, const char* name, const char* unit, bool higher, Member member,
                double factor) {
    return {name,
            unit,
            higher,
            of(e.quality, member, factor),
            of(e.originalQuality, member, factor),
            of(e.trainedOriginalQuality, member, factor)};
}

Figure figureOf(const Evaluation& e) {
    const auto has = [&](auto member) { return e.quality && (*e.quality).*member; };
    if (has(&Quality::top1)) return figureOf(e, "Accuracy", "%", true, &Quality::top1, 100);
    if (has(&Quality::auc)) return figureOf(e, "AUC", "", true, &Quality::auc, 1);
    if (has(&Quality::meanSquaredError))
        return figureOf(e, "Mean squared error", "", false, &Quality::meanSquaredError, 1);
    const auto agreement = e.totals.agreement;
    return {"Agreement with the original",
            "%",
            true,
            agreement ? std::optional(100 * *agreement) : std::nullopt,
            100.0,
            std::nullopt};
}

/// One variation under all seeds.
struct FrontPoint {
    bool trained = false;
    Precision precision = Precision::Int8;
    double removed = 0;
    std::vector<double> values, losses, lossesToTrained;  ///< by seed; losses: positive is worse
    double macs = 0, bytes = 0;                           ///< means
    std::string failure;                                  ///< why a variation has no figure
};

double meanOf(const std::vector<double>& values) {
    double sum = 0;
    for (double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

std::string methodOf(bool trained) {
    return trained ? "with training" : "without training";
}

std::string seriesOf(const FrontPoint& point) {
    return std::string(precisionName(point.precision)) + " " + methodOf(point.trained);
}

class Front {
public:
    Front(const FrontRequest& request, const Work& work) : m_request(request), m_work(work) {
        for (bool trained : {false, true})
            for (Precision precision : request.precisions)
                for (double removed : request.removed) {
                    if (trained && !request.knobs.train.isSet()) continue;
                    FrontPoint& point = m_points.emplace_back();
                    point.trained = trained, point.precision = precision, point.removed = removed;
                }
    }

    Result<Study> run() {
        for (int32_t seed = 0; seed < m_request.seeds; ++seed)
            if (auto ran = runSeed(seed); !ran) return tl::unexpected(ran.error());
        Study study;
        addTable(study);
        study.charts.push_back(chart());
        addFindings(study);
        addLimits(study);
        study.sources = m_sources;
        return study;
    }

private:
    Result<void> runSeed(int32_t seed) {
        engine::EvaluateOptions options;
        options.data = m_request.data;
        options.data.splitSeed = m_request.data.splitSeed + static_cast<uint64_t>(seed);
        options.data.evaluation = scoring::EvaluationSamples::TestPart;
        options.layerErrors = false;
        for (size_t i = 0; i < m_points.size(); ++i) {
            const double all = static_cast<double>(m_points.size()) * m_request.seeds;
            const double done =
                static_cast<double>(i) + static_cast<double>(m_points.size()) * seed;
            const Work part = m_work.part(done / all, (done + 1) / all);
            if (auto ran = evaluate(m_points[i], seed, options, part); !ran) return ran;
        }
        return {};
    }

    Result<void> evaluate(FrontPoint& point, int32_t seed, const engine::EvaluateOptions& options,
                          const Work& work) {
        Variation variation = m_request.knobs;
        variation.prune.channels = point.removed;
        variation.quantize.precision = point.precision;
        variation.train.seed += seed;
        if (!point.trained) variation.train = {};
        const auto e = engine::evaluate(m_request.model, variation, nullptr, options, work);
        if (!e) return tl::unexpected(e.error());
        const Figure figure = figureOf(**e);
        if (!figure.value || !figure.original)
            return fail(
                "the data say nothing about this model",
                (*e)->notRunnableReason.empty() ? m_request.model->name : (*e)->notRunnableReason,
                "give data that fit its inputs, with labels if it has classes");
        m_figure = figure;
        const double sign = figure.higherIsBetter ? 1 : -1;
        const auto seeds = static_cast<double>(m_request.seeds);
        point.values.push_back(*figure.value);
        point.losses.push_back(sign * (*figure.original - *figure.value));
        if (figure.trainedOriginal)
            point.lossesToTrained.push_back(sign * (*figure.trainedOriginal - *figure.value));
        point.macs += static_cast<double>((*e)->totals.macs) / seeds;
        point.bytes += static_cast<double>((*e)->totals.modelBytes) / seeds;
        takeBaselines(**e, figure, seed);
        return {};
    }

    /// The original, and the original trained alike: once a seed.
    void takeBaselines(const Evaluation& e, const Figure& figure, int32_t seed) {
        const auto count = static_cast<size_t>(seed);
        if (m_original.size() == count) {
            m_original.push_back(*figure.original);
            const std::string& judged = e.quality ? e.quality->source : e.samplesSource;
            m_sources.push_back("seed " + std::to_string(seed + 1) + ": judged on " + judged +
                                (e.calibrationSource.empty()
                                     ? std::string()
                                     : ", learned from " + e.calibrationSource));
            m_judged += e.quality ? e.quality->samples : e.samples;
        }
        if (figure.trainedOriginal && m_trainedOriginal.size() == count)
            m_trainedOriginal.push_back(*figure.trainedOriginal);
    }

    double originalMacs() const {
        double macs = 0;
        for (const cost::Workload& workload : cost::workloadsOf(*m_request.model))
            macs += static_cast<double>(workload.macs);
        return macs;
    }
    double kept(const FrontPoint& point) const {
        return point.macs / std::max(originalMacs(), 1.0);
    }

    void addTable(Study& study) const {
        study.table.columns = {{"Model", ""},
                               {"Weights", ""},
                               {"Channels removed", "%"},
                               {"MACs kept", "x"},
                               {"MACs", ""},
                               {"Model file", "bytes"},
                               {m_figure.name, m_figure.unit},
                               {"lowest seed", m_figure.unit},
                               {"highest seed", m_figure.unit},
                               {"lost to the original", m_figure.unit},
                               {"lost to the original trained alike", m_figure.unit}};
        addBaseline(study, "original", m_original);
        addBaseline(study, "original trained alike", m_trainedOriginal);
        for (const FrontPoint& point : m_points)
            study.table.rows.push_back(
                {methodOf(point.trained), precisionName(point.precision), 100 * point.removed,
                 kept(point), std::round(point.macs), std::round(point.bytes), meanOf(point.values),
                 *std::ranges::min_element(point.values), *std::ranges::max_element(point.values),
                 meanOf(point.losses),
                 point.lossesToTrained.empty() ? StudyCell()
                                               : StudyCell(meanOf(point.lossesToTrained))});
    }

    void addBaseline(Study& study, const std::string& name,
                     const std::vector<double>& values) const {
        if (values.empty()) return;
        const double lost =
            (m_figure.higherIsBetter ? 1 : -1) * (meanOf(m_original) - meanOf(values));
        study.table.rows.push_back({name, "as stored", 0.0, 1.0, originalMacs(), StudyCell(),
                                    meanOf(values), *std::ranges::min_element(values),
                                    *std::ranges::max_element(values), lost, StudyCell()});
    }

    StudyChart chart() const {
        StudyChart chart;
        chart.title = std::string(m_figure.name) + " by MACs kept";
        chart.x = {"MACs kept", "x", false, {}};
        chart.y = {m_figure.name, m_figure.unit, false, {}};
        for (const FrontPoint& point : m_points) {
            if (chart.series.empty() || chart.series.back().name != seriesOf(point))
                chart.series.push_back({seriesOf(point), true, {}});
            StudyPoint& shown = chart.series.back().points.emplace_back();
            shown.label = percentText(100 * point.removed, "%.0f") + " of the channels removed";
            shown.x = kept(point), shown.y = meanOf(point.values);
            if (point.values.size() > 1)
                shown.band = Estimate{shown.y, *std::ranges::min_element(point.values),
                                      *std::ranges::max_element(point.values)};
        }
        const auto level = [&](const char* name, const std::vector<double>& values) {
            if (!values.empty()) chart.lines.push_back({name, 0, meanOf(values), 0, 1, -1});
        };
        level("original", m_original);
        level("original trained alike", m_trainedOriginal);
        return chart;
    }

    std::string amount(double value) const {
        return fixedText(value, std::string(m_figure.unit) == "%" ? 1 : 4) +
               (std::string(m_figure.unit) == "%" ? " points" : "");
    }

    /// Per series: the smallest model that loses no more than it may.
    void addFindings(Study& study) const {
        const double most = std::string(m_figure.unit) == "%" ? 1 : 0.01;
        for (const StudySeries& series : study.charts[0].series) {
            const FrontPoint* least = nullptr;
            for (const FrontPoint& point : m_points)
                if (seriesOf(point) == series.name && meanOf(point.losses) <= most &&
                    (!least || point.macs < least->macs))
                    least = &point;
            study.findings.push_back(
                series.name +
                (least ? ": no more than " + amount(most) + " lost to the original down to " +
                             fixedText(kept(*least), 2) + "x of the MACs"
                       : ": every model loses more than " + amount(most) + " to the original"));
        }
        if (m_trainedOriginal.empty()) return;
        const double gain =
            (m_figure.higherIsBetter ? 1 : -1) * (meanOf(m_trainedOriginal) - meanOf(m_original));
        study.findings.push_back(
            "training alike changes the original itself by " + amount(gain) +
            ": what a smaller model gains beyond the original is the training's work");
    }

    void addLimits(Study& study) const {
        const std::string splits = m_request.seeds == 1
                                       ? "one split of the data, judged on "
                                       : "means of " + std::to_string(m_request.seeds) +
                                             " splits of the data, each judged on ";
        study.limits.push_back(splits + std::to_string(m_judged / m_request.seeds) +
                               " samples that no knob has seen");
        if (std::string(m_figure.name) == "Accuracy") {
            const double share = meanOf(m_original) / 100;
            const double sigma = 100 * std::sqrt(std::max(share * (1 - share), 0.0) /
                                                 (static_cast<double>(m_judged) / m_request.seeds));
            study.limits.push_back("one standard deviation of an accuracy on so many samples is " +
                                   amount(sigma));
        }
        study.limits.push_back(
            "samples that are judged on differ from seed to seed, but are drawn from one set");
    }

    const FrontRequest& m_request;
    const Work& m_work;
    std::vector<FrontPoint> m_points;
    std::vector<double> m_original, m_trainedOriginal;
    std::vector<std::string> m_sources;
    int32_t m_judged = 0;
    Figure m_figure{"Accuracy", "%", true, {}, {}, {}};
};

}  // namespace

Result<Study> accuracyFront(const FrontRequest& request, const Work& work) {
    if (!request.model || !request.data.dataset)
        return fail("this study judges a model on data",
                    request.model ? request.model->name : "no model",
                    request.model ? "give data (--dataset)" : "name a model, and data (--dataset)");
    if (request.removed.empty() || request.precisions.empty() || request.seeds < 1)
        return fail("there is nothing to try", request.model->name,
                    "name shares to remove, precisions and a number of seeds");
    return Front(request, work).run();
}

}  // namespace studies
