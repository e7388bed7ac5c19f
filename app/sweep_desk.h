// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SweepDesk: plans sweeps over the open model, works through them, and hands their points to
// Explorer's feed as they come.
//
// The queue of a sweep is a file: beside the project, or in a folder of the program where the model
// is in no project. A sweep that was paused, or ended with the program, goes on from there; when
// its model is opened with the same board and data, its points come back. Another board, other data
// or another model pause a sweep.
//
// Thread rules: the GUI thread only; the work runs in Jobs.

#include <filesystem>

#include "app/explorer.h"
#include "views/models/sweep_choice.h"

namespace app {

/// Where a sweep stands.
struct SweepProgress {
    bool isRunning = false;
    bool isPaused = false;  ///< begun and not finished
    double share = 0;
    QString text;  ///< "312 of 4,800, about 3 min left"
};

/// Of sweeps of models that are in no project.
std::filesystem::path sweepFolder();

class SweepDesk : public QObject {
    Q_OBJECT

public:
    explicit SweepDesk(Explorer& explorer, std::filesystem::path folder = sweepFolder(),
                       QObject* parent = nullptr);

    bool isRunning() const { return m_running.isRunning(); }

public slots:
    /// Counts the variations, then estimates their time.
    void plan(const views::SweepChoice& choice);
    /// Begins a sweep, or goes on with it where it was begun before.
    void start(const views::SweepChoice& choice);
    void pause();

signals:
    void planned(const QString& text, bool isPossible);
    void progressed(const app::SweepProgress& progress);
    /// A sweep of this model, board and data is not finished.
    void found(const views::SweepChoice& choice, const app::SweepProgress& progress);
    void failed(const QString& message);

private:
    struct Subject;
    struct News;
    Subject subject() const;
    void follow();
    void look();
    void take(const std::string& conditions, const News& news);
    void end(const QString& problem);
    QString remainingText(const News& news);

    Explorer& m_explorer;
    std::filesystem::path m_folder;
    Job m_planning, m_running, m_looking;
    std::stop_source m_pause;  ///< lets the running sweep hand back what it has not done
    std::string m_conditions;  ///< of the running sweep's points
    types::GraphPtr m_graph;   ///< whose sweeps were looked for
    SweepProgress m_progress;
    QElapsedTimer m_clock;
    int64_t m_doneAtStart = -1;
};

}  // namespace app
