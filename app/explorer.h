// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Explorer: the only holder of state: the open model, the boards, the knobs, the tried variations,
// the selection and the undo stack. Panels call its slots, it calls the engine, and everything
// shown follows from its signals and its EvaluationFeed.
//
// During a drag, edits arrive faster than results. The newest edit wins; the next evaluation starts
// 30 ms after an edit. A running evaluation may finish if it is fast, so that values move with the
// slider, and is stopped otherwise. Thread rules: the GUI thread only.

#include <QElapsedTimer>
#include <QTimer>
#include <QUndoStack>
#include <functional>
#include <vector>

#include "app/job.h"
#include "app/project.h"
#include "app/session_book.h"
#include "cost/reserved_lines.h"
#include "engine/evaluate.h"
#include "scoring/sample_selection.h"
#include "search/smallest_change.h"
#include "types/duty_cycle.h"
#include "types/evaluation.h"
#include "types/result.h"
#include "views/models/evaluation_feed.h"
#include "views/models/selection.h"

namespace app {

/// The user's settings: the variation, and the board and data on which it is evaluated.
struct Knobs {
    /// Its training is carried out only when the user asks for it (TrainingDesk).
    types::Variation variation;
    types::DevicePtr device;
    data::DatasetPtr data;       ///< null: no dataset
    types::DutyCycle duty = {};  ///< applied to any evaluation without a new one
    /// What the training of the variation made; null: the model is shown without it.
    engine::VariedPtr trained = {};

    bool operator==(const Knobs&) const = default;
    /// The variation that is evaluated: normalized, and without a training not carried out.
    types::Variation effective() const;
    /// Takes an effective variation and what its training made. The knobs of a training that is
    /// still to come stay as they are.
    void choose(const types::Variation& effective, const engine::VariedPtr& model);
    /// True where the evaluation was made on this board and this data.
    bool matchesBoardAndData(const types::Evaluation& evaluation) const;
};

/// The engine functions that Explorer calls; tests replace them.
struct EngineVerbs {
    std::function<types::Result<types::GraphPtr>(const QString& path)> read;
    /// Returns the graph of another signature of the same file.
    std::function<types::Result<types::GraphPtr>(const types::GraphPtr&, const QString& name)>
        readSignature;
    std::function<types::Result<Project>(const QString& path)> readProject;
    std::function<types::Result<void>(const Project&, const QString& path)> writeProject;
    std::function<types::Result<data::DatasetPtr>(const QString& path)> readData;
    /// Returns the path of the data beside a model's file; empty where there are none.
    std::function<QString(const QString& modelPath)> dataBeside;
    std::function<types::Result<types::EvaluationPtr>(const types::GraphPtr&, const Knobs&,
                                                      const types::Work&)>
        evaluate;
    /// Searches the smallest change of the knobs with which the model fits the board.
    std::function<types::Result<search::FitSearch>(const types::GraphPtr&, const Knobs&,
                                                   const types::Work&)>
        makeFit;
};
EngineVerbs realEngine();

/// How the window evaluates: every variation is scored on the same samples, whether its knobs
/// learn from data or not.
engine::EvaluateOptions evaluateOptions(const Knobs& knobs);

class Explorer : public QObject {
    Q_OBJECT

public:
    explicit Explorer(std::vector<types::DevicePtr> devices, EngineVerbs engine = realEngine(),
                      QObject* parent = nullptr);

    /// Sets the initial board by id, before a model is open. Returns false where no board has that
    /// id.
    bool setFirstDevice(const QString& id);

    views::Selection& selection() { return m_selection; }
    /// The evaluated results, for pages and panels.
    views::EvaluationFeed& feed() { return m_feed; }
    SessionBook& sessionBook() { return m_book; }
    QUndoStack& undoStack() { return m_undo; }
    const std::vector<types::DevicePtr>& devices() const { return m_devices; }

    const QString& path() const { return m_path; }
    const types::GraphPtr& graph() const { return m_graph; }
    /// The user's settings unchanged, so that a knob that acts on nothing for a while keeps its
    /// setting.
    const Knobs& knobs() const { return m_knobs; }
    /// The effective variation. Evaluated and stored variations are all normalized.
    types::Variation wanted() const { return m_knobs.effective(); }
    const views::TriedVariations& tried() const { return m_tried; }
    /// What the training of a variation made; null where it was not trained.
    engine::VariedPtr trainedModel(const types::Variation& variation) const;
    /// Everything that a project file holds.
    Project project() const;
    /// The journal from which the open project was recovered; empty: it was opened as usual.
    const QString& recoveredFrom() const { return m_recoveredFrom; }
    /// The page in front, by its name in pages(); empty: none was shown yet.
    const QString& page() const { return m_page; }
    /// True where a trained model is in no project file yet.
    bool hasUnsavedTraining() const { return m_hasUnsavedTraining; }
    /// The evaluation in the window; may be older than the knobs while an evaluation is running.
    const types::EvaluationPtr& shown() const { return m_feed.shown(); }
    bool isUpToDate() const;
    bool isBusy() const {
        return m_loading.isRunning() || m_loadingData.isRunning() || m_saving.isRunning() ||
               m_evaluating.isRunning() || m_fitting.isRunning();
    }

public slots:
    /// Reads and evaluates a model; it replaces the open one only if both succeed.
    void openModel(const QString& path);
    /// Opens another signature of the open model's file, as a model of its own.
    void openSignature(const QString& name);
    /// Opens a project with its variations and sessions.
    void openProject(const QString& path);
    /// Opens what a journal holds as the project that it was.
    void recoverProject(const QString& journal);
    void saveProject(const QString& path);
    void setPage(const QString& page);
    /// Deletes sessions, as one undo step.
    void removeSessions(const std::vector<types::SessionPtr>& sessions);
    void editVariation(const types::Variation& variation);
    /// The user released the knob: the variation stays in the list, and the next edit is a new undo
    /// step.
    void finishEdit();
    /// Adds a board; replaces one with the same id.
    void addDevice(const types::DevicePtr& device);
    /// Restores a variation as one undo step.
    void chooseVariation(const types::Variation& variation);
    void chooseDevice(const types::DevicePtr& device);
    /// Searches the smallest change with which the model fits the board, and sets the knobs to it.
    void makeItFit();
    /// Sets the board's period, sleep power and battery.
    void setDuty(const types::DutyCycle& duty);
    /// Sets a line of the board's reserved memory; 0 bytes removes it.
    void reserveMemory(cost::BoardMemory memory, const types::ReservedMemory& line);
    /// Reads a dataset; if that succeeds, variations are calibrated and scored on it.
    void openData(const QString& path);
    void removeData();
    /// Adds a trained model of the open model; shows it, as an undo step, where the knobs still ask
    /// for this variation.
    void adoptTrained(const types::Variation& variation, const engine::VariedPtr& model,
                      const types::EvaluationPtr& evaluation);
    /// Names, stars, notes or deletes variations, as one undo step. Deleting the shown one shows
    /// the original.
    void editMarks(const views::MarksEdit& edit, const QString& text);
    void cancel();

signals:
    /// Another model is about to take the place of the open one.
    void modelClosing();
    void modelOpened(const QString& name, const QString& path);
    void projectSaved(const QString& path);
    void pageChanged(const QString& page);
    void knobsChanged(const app::Knobs& knobs);
    void devicesChanged();
    void progressed(double share, const QString& step);
    void busyChanged(bool isBusy);
    void failed(const QString& message);
    /// Result of makeItFit(), for the status line.
    void fitFound(const QString& sentence);

private:
    friend class KnobCommand;
    friend class MarksCommand;
    /// What is opened, and from where.
    struct Source {
        QString path;  ///< of a model or a project
        bool isProject = false;
        QString journal = {};  ///< from which the project is recovered; empty: from its file
    };
    struct Opened {
        Source source;
        Project project;
        Knobs knobs;  ///< of the original, on the board and data of the project
        types::EvaluationPtr evaluation;
        QStringList problems;  ///< why board or data are others
    };
    void open(const Source& source, const std::function<types::Result<Project>()>& read);
    static types::Result<Opened> readAndEvaluate(const EngineVerbs& engine,
                                                 const std::vector<types::DevicePtr>& devices,
                                                 const types::Work& work, Opened opened);
    void adopt(const Opened& opened);
    void adoptWorkspace(const Opened& opened);
    std::vector<types::SessionPtr> sessionsAlong(const Opened& opened) const;
    Workspace workspace() const;
    void setKnobs(const Knobs& knobs);
    void setData(const data::DatasetPtr& data);
    void pushKnobs(const Knobs& knobs, const QString& text);
    void keepNewest();

    void schedule();
    void pursue();
    std::optional<types::Variation> mostWanted() const;
    void start(const types::Variation& variation);
    void receive(const types::Variation& variation,
                 const types::Result<types::EvaluationPtr>& result);
    void refuse(const types::Variation& variation, const types::Error& error);
    void adoptFit(const types::Result<search::FitSearch>& result);
    void show(types::EvaluationPtr evaluation);
    void publishTried();
    void setMarks(const views::MarksEdit& edit);
    views::MarksEdit ofEqualNetworks(const views::MarksEdit& edit);
    /// What evaluations depend on beside the variation, so that points of others are told apart.
    std::string conditions() const;
    void rememberTrained(const types::Variation& variation, const engine::VariedPtr& model);
    void adoptStored(const Project& project);

    const views::TriedVariation* triedEntry(const types::Variation& variation) const;
    types::EvaluationPtr currentEvaluation(const types::Variation& variation) const;
    bool isFailed(const types::Variation& variation) const;

    std::vector<types::DevicePtr> m_devices;
    EngineVerbs m_engine;
    views::Selection m_selection;
    views::EvaluationFeed m_feed;
    QUndoStack m_undo;
    QString m_path;
    types::GraphPtr m_graph;
    Knobs m_knobs;
    views::TriedVariations m_tried;
    std::vector<std::pair<types::Variation, engine::VariedPtr>> m_trained;
    bool m_hasUnsavedTraining = false;
    SessionBook m_book;
    std::vector<types::Variation> m_failed;  ///< on this model and board; not tried again
    quint64 m_editGroup = 0;
    QTimer m_delay, m_untilOutdated;
    types::Variation m_running;  ///< variation under evaluation
    QElapsedTimer m_runningSince;
    Job m_loading, m_loadingData, m_saving, m_evaluating, m_fitting;
    std::vector<types::DevicePtr> m_knownDevices;  ///< that the program brings
    QString m_modelPath;                           ///< from which the model was opened
    QString m_recoveredFrom, m_page;
};

}  // namespace app
