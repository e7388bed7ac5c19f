// SPDX-License-Identifier: GPL-3.0-or-later
// What the user reads and sees of a training: before, while and after it runs.
#include <gtest/gtest.h>

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

#include "sample_evaluation.h"
#include "views/colors.h"
#include "views/models/roles.h"
#include "views/models/training_text.h"
#include "views/models/variations_model.h"
#include "views/widgets/knobs/training_panel.h"
#include "views/widgets/plots/training_plot.h"
#include "views/widgets/sample_strip.h"

namespace {

using namespace views;
using types::AugmentationStep;

types::TrainingPlan samplePlan() {
    types::TrainingPlan plan;
    plan.train = {425, 61, {40, 300, 85}};
    plan.validation = {75, 11, {7, 53, 15}};
    plan.test = {500, 500, {50, 350, 100}};
    plan.classNames = {"left", "right", "stop"};
    plan.weighsClasses = true;
    plan.dataBytes = 1 << 20;
    plan.keptBytes = 3 << 20;
    plan.networkBytes = 60 << 20;
    return plan;
}

types::Training sampleLog(int epochs) {
    types::Training log;
    log.epochs = epochs;
    log.seconds = 12.3;
    log.trainSamples = 425;
    log.validationSamples = 75;
    for (int i = 0; i < epochs; ++i) {
        log.loss.push_back(1.0 / (i + 1));
        log.validationLoss.push_back(1.2 / (i + 1));
        log.accuracy.push_back(0.8 + 0.01 * i);
    }
    log.bestEpoch = epochs;
    return log;
}

types::Quality qualityOf(double top1) {
    types::Quality quality;
    quality.samples = 500;
    quality.source = "500 samples of kws01 (test part)";
    quality.top1 = types::Estimate{top1, top1 - 0.02, top1 + 0.02};
    return quality;
}

types::EvaluationPtr trainedEvaluation() {
    auto evaluation = sample::evaluation(0.5);
    evaluation->variation.train.epochs = 20;
    evaluation->training = sampleLog(20);
    evaluation->quality = qualityOf(0.881);
    evaluation->originalQuality = qualityOf(0.903);
    evaluation->trainedOriginalQuality = qualityOf(0.915);
    return evaluation;
}

QString wordsOf(const QWidget& panel) {
    QStringList words;
    for (const QLabel* label : panel.findChildren<QLabel*>())
        if (!label->isHidden()) words << label->text();
    return words.join('\n');
}

QPushButton* buttonOf(const QWidget& panel, const QString& text) {
    for (auto* button : panel.findChildren<QPushButton*>())
        if (!button->isHidden() && button->text().remove('&') == text) return button;
    return nullptr;
}

types::AugmentedSample pictures(int channels, AugmentationStep step) {
    types::AugmentedSample sample;
    sample.name = "cat_1.png";
    sample.height = 2;
    sample.width = 3;
    sample.channels = channels;
    sample.before.assign(size_t(6 * channels), 0.0f);
    sample.before[0] = 1;
    sample.changes.push_back({step, std::vector<float>(size_t(6 * channels), 1.0f)});
    return sample;
}

TEST(TrainingText, TellsWhoLearnsFromWhat) {
    const types::TrainingPlan plan = samplePlan();
    EXPECT_EQ(partsText(plan),
              "Learns from 425 samples (61 groups), chooses the epoch on 75 (11 groups), judged on "
              "500 others that it never sees.");
    EXPECT_EQ(classesText(plan), "Unbalanced: 300 of right, 40 of left. Rare classes count more.");
    EXPECT_EQ(classTable(plan).split('\n').first(), "left: 40 learned, 7 choose, 50 judge");
    EXPECT_EQ(memoryText(plan), "At most 64.0 MiB of memory: samples 4.00 MiB, network 60.0 MiB.");
}

TEST(TrainingText, TellsBalanceGapsAndFrozenLayers) {
    types::TrainingPlan plan = samplePlan();
    plan.train.byClass = {100, 120, 90};
    EXPECT_EQ(classesText(plan), "3 classes of 90 to 120 samples.");
    plan.train.byClass = {100, 100, 100};
    EXPECT_EQ(classesText(plan), "3 classes of 100 samples.");
    plan.train.byClass = {100, 0, 100};
    EXPECT_EQ(classesText(plan), "Nothing to learn right from: no samples.");
    plan.train.byClass = {};
    EXPECT_TRUE(classesText(plan).isEmpty());
    EXPECT_TRUE(frozenText(plan).isEmpty());
    plan.frozen = {"#0 FLOOR: no rule", "#1 A: b", "#2 C: d", "#3 E: f"};
    EXPECT_EQ(frozenText(plan), "Not trained: #0 FLOOR: no rule; #1 A: b; #2 C: d; 1 more.");
}

TEST(TrainingText, TellsHowFarATrainingIs) {
    TrainingProgress progress;
    types::TrainKnobs knobs;
    knobs.epochs = 30;
    EXPECT_EQ(progressText(progress, knobs), "Preparing");
    progress.original = sampleLog(3);
    progress.share = 0.42;
    progress.secondsLeft = 18;
    EXPECT_EQ(progressText(progress, knobs),
              "Original, epoch 3 of 30: 82.0 % of the validation part, about 18 s left");
    progress.varied = sampleLog(12);
    EXPECT_TRUE(progressText(progress, knobs).startsWith("Varied model, epoch 12 of 30: 91.0 %"));
    EXPECT_EQ(progressBrief(progress, false), "Training: 42 %, about 18 s left");
    EXPECT_EQ(progressBrief(progress, true), "Training paused at 42 %");
    EXPECT_EQ(durationText(0.2), "1 s");
    EXPECT_EQ(durationText(600), "10 min");
    EXPECT_EQ(durationText(7500), "2 h 5 min");
}

TEST(TrainingText, SetsTheTrainedModelBesideTheOriginals) {
    const types::EvaluationPtr e = trainedEvaluation();
    EXPECT_EQ(trainingText(*e),
              "Trained 20 epochs in 12 s, seed 1, on 425 samples; epoch 20 chosen on 75 others");
    const QString table = trainedQualityTable(*e);
    EXPECT_LT(table.indexOf("88.1 %"), table.indexOf("91.5 %"));
    EXPECT_LT(table.indexOf("91.5 %"), table.indexOf("90.3 %"));
    EXPECT_TRUE(trainedQualityTable(*sample::evaluation()).isEmpty());
}

TEST(TrainingPanel, SaysWhyItCannotStart) {
    TrainingPanel panel;
    panel.setPlan({}, "No data set: training learns from one.");
    EXPECT_TRUE(wordsOf(panel).contains("No data set"));
    EXPECT_FALSE(buttonOf(panel, "Train")->isEnabled());
    panel.setPlan(samplePlan(), {});
    EXPECT_FALSE(wordsOf(panel).contains("No data set"));
    EXPECT_TRUE(wordsOf(panel).contains("Learns from 425 samples"));
    EXPECT_TRUE(buttonOf(panel, "Train")->isEnabled());
}

TEST(TrainingPanel, OffersWhatFitsItsState) {
    TrainingPanel panel;
    panel.setPlan(samplePlan(), {});
    QSignalSpy started(&panel, &TrainingPanel::startRequested);
    QSignalSpy paused(&panel, &TrainingPanel::pauseRequested);
    QSignalSpy finished(&panel, &TrainingPanel::finishRequested);
    buttonOf(panel, "Train")->click();
    EXPECT_EQ(started.count(), 1);
    panel.setState(TrainingPanel::State::Running);
    EXPECT_FALSE(buttonOf(panel, "Train"));
    buttonOf(panel, "Pause")->click();
    EXPECT_TRUE(paused[0][0].toBool());
    panel.setState(TrainingPanel::State::Paused);
    buttonOf(panel, "Go on")->click();
    EXPECT_FALSE(paused[1][0].toBool());
    buttonOf(panel, "Stop and keep")->click();
    EXPECT_EQ(finished.count(), 1);
    EXPECT_TRUE(buttonOf(panel, "Cancel"));
}

TEST(TrainingPanel, ShowsCurvesWhileItRunsAndTheResultAfterwards) {
    TrainingPanel panel;
    panel.setState(TrainingPanel::State::Running);
    TrainingProgress progress;
    progress.original = sampleLog(5);
    progress.share = 0.25;
    panel.setProgress(progress, {});
    for (const auto* plot : panel.findChildren<TrainingPlot*>())
        EXPECT_FALSE(plot->isHidden());
    EXPECT_TRUE(wordsOf(panel).contains("Original, epoch 5"));
    panel.setState(TrainingPanel::State::Idle);
    for (const auto* plot : panel.findChildren<TrainingPlot*>())
        EXPECT_TRUE(plot->isHidden());
    panel.setEvaluation(trainedEvaluation());
    EXPECT_TRUE(wordsOf(panel).contains("Trained 20 epochs"));
    EXPECT_TRUE(wordsOf(panel).contains("Original trained alike"));
    for (const auto* plot : panel.findChildren<TrainingPlot*>())
        EXPECT_FALSE(plot->isHidden());
}

TEST(TrainingPlot, WithoutLabelsThereIsNoAccuracy) {
    TrainingPlot loss(TrainingPlot::Measure::Loss), accuracy(TrainingPlot::Measure::Accuracy);
    types::Training unlabelled = sampleLog(4);
    unlabelled.accuracy.clear();
    loss.setTrainings({}, unlabelled);
    accuracy.setTrainings({}, unlabelled);
    EXPECT_TRUE(loss.hasCurves());
    EXPECT_FALSE(accuracy.hasCurves());
}

TEST(SampleStrip, DrawsSamplesBeforeAndAfter) {
    SampleStrip strip;
    EXPECT_TRUE(strip.isEmpty());
    strip.setSamples({pictures(3, AugmentationStep::Shift)});
    EXPECT_EQ(strip.picture(0, 0).size(), QSize(3, 2));
    EXPECT_EQ(strip.picture(0, 0).pixel(0, 0), qRgb(255, 0, 0));
    EXPECT_EQ(strip.picture(0, 1).pixel(2, 1), qRgb(255, 255, 255));
    strip.resize(200, strip.heightForWidth(200));
    const QImage shown = strip.grab().toImage();
    EXPECT_GT(shown.height(), 64);
    strip.setSamples({pictures(1, AugmentationStep::Mixture)});
    EXPECT_EQ(strip.picture(0, 0).pixel(0, 0), qRgb(255, 255, 255));
}

TEST(SampleStrip, TurnsFeaturesSoThatTimeRunsToTheRight) {
    SampleStrip strip;
    strip.setSamples({pictures(1, AugmentationStep::MaskedBand)});
    EXPECT_EQ(strip.picture(0, 0).size(), QSize(2, 3));  // 2 times, 3 bands
    EXPECT_EQ(strip.picture(0, 0).pixel(0, 2), qRgb(255, 255, 255));
    EXPECT_EQ(strip.picture(0, 0).pixel(1, 2), qRgb(0, 0, 0));
}

TEST(VariationsModel, MarksTrainedVariations) {
    VariationsModel model;
    const types::EvaluationPtr trained = trainedEvaluation();
    model.setTried({{{}, sample::evaluation(), false}, {trained->variation, trained, false}}, {});
    EXPECT_FALSE(model.index(0, 0).data(TrainedRole).toBool());
    EXPECT_TRUE(model.index(1, 0).data(TrainedRole).toBool());
    const QString tip = model.index(1, 0).data(Qt::ToolTipRole).toString();
    EXPECT_TRUE(tip.startsWith("Trained 20 epochs in 12 s, seed 1, on 425 samples"));
}

}  // namespace
