// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/training_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "views/number_format.h"

namespace views {
namespace {

QString trainTr(const char* text) {
    return QCoreApplication::translate("Training", text);
}

/// "425 samples (61 groups)"
QString countText(const types::TrainingPart& part, const char* word) {
    QString text = grouped(part.samples) + word;
    if (part.groups < part.samples) text += trainTr(" (%1 groups)").arg(grouped(part.groups));
    return text;
}

QString className(const types::TrainingPlan& plan, size_t index) {
    return index < plan.classNames.size() ? QString::fromStdString(plan.classNames[index])
                                          : trainTr("class %1").arg(index);
}

/// "88.1 %", "AUC 0.93", "error 0.012"
QString qualityFigure(const types::Quality& quality) {
    if (quality.top1) return percentText(100 * quality.top1->value, 'f', 1);
    if (quality.auc) return trainTr("AUC %1").arg(quality.auc->value, 0, 'f', 3);
    if (quality.meanSquaredError)
        return trainTr("error %1").arg(figureText(quality.meanSquaredError->value));
    return kUnknown;
}

}  // namespace

QString partsText(const types::TrainingPlan& plan) {
    QString text = trainTr("Learns from %1, chooses the epoch on %2")
                       .arg(countText(plan.train, " samples"), countText(plan.validation, ""));
    if (plan.test.samples > 0)
        text += trainTr(", judged on %1 that it never sees").arg(countText(plan.test, " others"));
    text += '.';
    if (plan.leftOut > 0)
        text += trainTr(" %1 left out: the others hold them, too.").arg(grouped(plan.leftOut));
    return text;
}

QString classesText(const types::TrainingPlan& plan) {
    const std::vector<int32_t>& counts = plan.train.byClass;
    if (counts.empty()) return {};
    const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
    if (*least == *most)
        return trainTr("%1 classes of %2 samples.").arg(counts.size()).arg(grouped(*most));
    const auto nameOf = [&](auto place) { return className(plan, size_t(place - counts.begin())); };
    if (*least == 0) return trainTr("Nothing to learn %1 from: no samples.").arg(nameOf(least));
    if (*most <= 3 * *least)
        return trainTr("%1 classes of %2 to %3 samples.")
            .arg(counts.size())
            .arg(grouped(*least), grouped(*most));
    QString text = trainTr("Unbalanced: %1 of %2, %3 of %4.")
                       .arg(grouped(*most), nameOf(most), grouped(*least), nameOf(least));
    if (plan.weighsClasses) text += trainTr(" Rare classes count more.");
    return text;
}

QString classTable(const types::TrainingPlan& plan) {
    QStringList lines;
    const auto count = [](const types::TrainingPart& part, size_t index) {
        return index < part.byClass.size() ? grouped(part.byClass[index]) : kUnknown;
    };
    constexpr size_t kMostClasses = 30;
    const size_t classes = plan.train.byClass.size();
    for (size_t i = 0; i < std::min(classes, kMostClasses); ++i)
        lines << trainTr("%1: %2 learned, %3 choose, %4 judge")
                     .arg(className(plan, i), count(plan.train, i), count(plan.validation, i),
                          count(plan.test, i));
    if (classes > kMostClasses) lines << trainTr("and %1 more classes").arg(classes - kMostClasses);
    return lines.join('\n');
}

QString memoryText(const types::TrainingPlan& plan) {
    const auto bytes = [](int64_t value) { return shortText(Unit::Bytes, double(value)); };
    return trainTr("At most %1 of memory: samples %2, network %3.")
        .arg(bytes(plan.bytes()), bytes(plan.dataBytes + plan.keptBytes), bytes(plan.networkBytes));
}

QString frozenText(const types::TrainingPlan& plan) {
    if (plan.frozen.empty()) return {};
    QStringList layers;
    constexpr size_t kMostLayers = 3;
    for (size_t i = 0; i < std::min(plan.frozen.size(), kMostLayers); ++i)
        layers << QString::fromStdString(plan.frozen[i]);
    QString text = trainTr("Not trained: %1").arg(layers.join("; "));
    if (plan.frozen.size() > kMostLayers)
        text += trainTr("; %1 more").arg(plan.frozen.size() - kMostLayers);
    return text + '.';
}

QString durationText(double seconds) {
    if (seconds < 90) return trainTr("%1 s").arg(std::max(1, int(std::lround(seconds))));
    const int minutes = int(std::lround(seconds / 60));
    if (minutes < 120) return trainTr("%1 min").arg(minutes);
    return trainTr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString progressText(const TrainingProgress& progress, const types::TrainKnobs& knobs) {
    const types::Training* now = progress.varied     ? &*progress.varied
                                 : progress.original ? &*progress.original
                                                     : nullptr;
    QString text = progress.step.isEmpty() ? trainTr("Preparing") : progress.step;
    if (now) {
        text = progress.varied ? trainTr("Varied model, epoch %1") : trainTr("Original, epoch %1");
        text = text.arg(now->epochs);
        if (knobs.epochs > 0) text += trainTr(" of %1").arg(knobs.epochs);
        if (!now->accuracy.empty())
            text += trainTr(": %1 of the validation part")
                        .arg(percentText(100 * now->accuracy.back(), 'f', 1));
    }
    if (progress.secondsLeft)
        text += trainTr(", about %1 left").arg(durationText(*progress.secondsLeft));
    return text;
}

QString progressBrief(const TrainingProgress& progress, bool isPaused) {
    const QString share = percentText(100 * progress.share, 'f', 0);
    if (isPaused) return trainTr("Training paused at %1").arg(share);
    QString text = trainTr("Training: %1").arg(share);
    if (progress.secondsLeft)
        text += trainTr(", about %1 left").arg(durationText(*progress.secondsLeft));
    return text;
}

QString trainingText(const types::Evaluation& evaluation) {
    if (!evaluation.training) return {};
    const types::Training& log = *evaluation.training;
    QString text = trainTr("Trained %1 epochs in %2, seed %3, on %4 samples; ")
                       .arg(log.epochs)
                       .arg(durationText(log.seconds))
                       .arg(log.seed)
                       .arg(grouped(log.trainSamples));
    text += log.bestEpoch > 0 ? trainTr("epoch %1 chosen on %2 others").arg(log.bestEpoch)
                              : trainTr("no epoch was better than the start on %2 others");
    return text.arg(grouped(log.validationSamples)) +
           (log.wasStopped ? trainTr("; stopped by you") : QString());
}

QString trainedQualityTable(const types::Evaluation& evaluation) {
    if (!evaluation.training || !evaluation.quality) return {};
    const auto row = [](const QString& name, const std::optional<types::Quality>& quality) {
        if (!quality) return QString();
        return QStringLiteral("<tr><td>%1</td><td align=right>&nbsp;&nbsp;%2</td></tr>")
            .arg(name, qualityFigure(*quality).toHtmlEscaped());
    };
    const QString source = QString::fromStdString(evaluation.quality->source).toHtmlEscaped();
    return QStringLiteral("<table>") + row(trainTr("This model"), evaluation.quality) +
           row(trainTr("Original trained alike"), evaluation.trainedOriginalQuality) +
           row(trainTr("Original"), evaluation.originalQuality) + QStringLiteral("</table>") +
           trainTr("on %1, which none of them learned from").arg(source);
}

QString stepName(types::AugmentationStep step) {
    using Step = types::AugmentationStep;
    switch (step) {
        case Step::Shift:
            return trainTr("shift");
        case Step::Mirror:
            return trainTr("mirror");
        case Step::Brightness:
            return trainTr("light");
        case Step::CutOut:
            return trainTr("cut-out");
        case Step::Mixture:
            return trainTr("mixture");
        case Step::MaskedTimes:
            return trainTr("times");
        case Step::MaskedBand:
            return trainTr("band");
        case Step::Noise:
            return trainTr("noise");
    }
    return {};
}

}  // namespace views
