// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SessionBook: the sessions of the open project and the work that adds to them: measuring on this
// machine or on a target, importing logs. Part of Explorer's state. Thread rules: the GUI thread
// only; the work runs in a Job.

#include <functional>
#include <vector>

#include "app/job.h"
#include "types/device_profile.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/session.h"

namespace app {

/// The model of the sessions, and the board for estimated times of counts; both may be null, except
/// the model to be measured.
struct SessionSubject {
    types::GraphPtr graph;
    types::DevicePtr board;
    std::string modelSha256;  ///< of the graph's file, as its Evaluation has it
};

/// The functions for measuring and importing; tests replace them.
struct SessionVerbs {
    std::function<types::Result<types::Session>(const QString& target, const SessionSubject&,
                                                const types::Work&)>
        measure;
    std::function<types::Result<std::vector<types::Session>>(const QString& path,
                                                             const SessionSubject&)>
        import;
};
SessionVerbs realSessionVerbs();

/// A target that can be measured without further input: this machine and the emulated boards.
struct MeasureTarget {
    QString name;       ///< "qemu-cortex-m4"
    QString describes;  ///< "an emulated Cortex-M4: instructions"
};
std::vector<MeasureTarget> measureTargets();

class SessionBook : public QObject {
    Q_OBJECT

public:
    explicit SessionBook(SessionVerbs verbs = realSessionVerbs(), QObject* parent = nullptr);

    const std::vector<types::SessionPtr>& sessions() const { return m_sessions; }
    void setSessions(std::vector<types::SessionPtr> sessions);

    /// Runs the model on the target and stores the session as "`name` on `target`".
    void measure(const QString& target, const SessionSubject& subject, const QString& name);
    /// Reads a log or a folder of logs; layers are joined to the model.
    void import(const QString& path, const SessionSubject& subject);
    /// Adds a session in place of the one with its name, if there is one.
    void put(const types::Session& session);
    void remove(const std::vector<types::SessionPtr>& sessions);
    /// Puts removed sessions back to their places, which are ascending. One whose name was taken
    /// meanwhile gets a number.
    void restore(const std::vector<std::pair<size_t, types::SessionPtr>>& sessions);

    Job& job() { return m_work; }

signals:
    void changed();
    void failed(const QString& message);

private:
    void add(std::vector<types::Session> sessions);

    SessionVerbs m_verbs;
    std::vector<types::SessionPtr> m_sessions;
    Job m_work;
};

}  // namespace app
