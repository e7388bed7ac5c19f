// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session_book.h"

#include <QFileInfo>
#include <algorithm>
#include <set>

#include "importers/parts/join_layers.h"
#include "importers/read_log.h"
#include "runners/board_cycles.h"
#include "runners/runner.h"
#include "statistics/trace_energy.h"
#include "tflite/write.h"

namespace app {
namespace {

using types::Session;
using types::SessionPtr;

types::Result<Session> measureOn(const QString& target, const SessionSubject& subject,
                                 const types::Work& work) {
    runners::RunRequest request;
    request.graph = subject.graph;
    request.modelFile = tflite::writeBytes(*subject.graph);
    request.board = subject.board;
    return runners::runOn(target.toStdString(), request, work.part(0, 1, "measuring"));
}

/// The session measured the open model if each layer of the log is a layer of the model.
void joinTo(const SessionSubject& subject, Session& session) {
    const types::Graph& graph = *subject.graph;
    const bool isComplete = importers::joinLayers(session, graph).complete();
    session = importers::joinedTo(session, graph);
    if (!isComplete || !session.conditions.modelHash.empty()) return;
    session.conditions.modelName = graph.name + ".tflite";
    session.conditions.modelHash = subject.modelSha256;
}

types::Result<std::vector<Session>> importFrom(const QString& path, const SessionSubject& subject) {
    auto imported = importers::readLog(path.toStdString());
    if (!imported) return tl::unexpected(imported.error());
    for (Session& session : imported->sessions) {
        if (subject.graph) joinTo(subject, session);
        runners::addBoardCycles(session, subject.board.get());
        statistics::addTraceEnergy(session, {});
    }
    return std::move(imported->sessions);
}

}  // namespace

SessionVerbs realSessionVerbs() {
    return {measureOn, importFrom};
}

std::vector<MeasureTarget> measureTargets() {
    std::vector<MeasureTarget> targets;
    for (const runners::Runner& runner : runners::allRunners())
        if (!*runner.detail)
            targets.push_back(
                {QString::fromLatin1(runner.name), QString::fromLatin1(runner.describes)});
    return targets;
}

SessionBook::SessionBook(SessionVerbs verbs, QObject* parent)
    : QObject(parent), m_verbs(std::move(verbs)) {}

void SessionBook::setSessions(std::vector<SessionPtr> sessions) {
    m_sessions = std::move(sessions);
    emit changed();
}

void SessionBook::measure(const QString& target, const SessionSubject& subject,
                          const QString& name) {
    const auto verb = [verbs = m_verbs, target, subject](const types::Work& work) {
        return verbs.measure(target, subject, work);
    };
    m_work.start(verb, [this, target, name](types::Result<Session> session) {
        if (!session) {
            if (!session.error().isCancelled())
                emit failed(QString::fromStdString(session.error().message()));
            return;
        }
        session->name = tr("%1 on %2").arg(name, target).toStdString();
        add({std::move(*session)});
    });
}

void SessionBook::import(const QString& path, const SessionSubject& subject) {
    const auto verb = [verbs = m_verbs, path, subject](const types::Work& work) {
        work.report(0, "importing");
        return verbs.import(path, subject);
    };
    m_work.start(verb, [this, path](types::Result<std::vector<Session>> sessions) {
        if (!sessions) return emit failed(QString::fromStdString(sessions.error().message()));
        for (Session& session : *sessions)
            if (session.name.empty()) session.name = QFileInfo(path).fileName().toStdString();
        add(std::move(*sessions));
    });
}

/// Names are unique handles: a second session of a name gets a number.
void SessionBook::add(std::vector<Session> sessions) {
    std::set<std::string> taken;
    for (const SessionPtr& session : m_sessions)
        taken.insert(session->name);
    importers::makeNamesUnique(sessions, std::move(taken));
    for (Session& session : sessions)
        m_sessions.push_back(std::make_shared<const Session>(std::move(session)));
    emit changed();
}

void SessionBook::put(const Session& session) {
    auto added = std::make_shared<const Session>(session);
    const auto same = std::ranges::find_if(
        m_sessions, [&](const SessionPtr& other) { return other->name == session.name; });
    if (same == m_sessions.end())
        m_sessions.push_back(std::move(added));
    else
        *same = std::move(added);
    emit changed();
}

void SessionBook::remove(const std::vector<SessionPtr>& sessions) {
    std::erase_if(m_sessions, [&](const SessionPtr& session) {
        return std::find(sessions.begin(), sessions.end(), session) != sessions.end();
    });
    emit changed();
}

void SessionBook::restore(const std::vector<std::pair<size_t, SessionPtr>>& sessions) {
    for (const auto& [place, session] : sessions) {
        const bool isTaken = std::ranges::any_of(
            m_sessions, [&](const SessionPtr& other) { return other->name == session->name; });
        SessionPtr restored = session;
        if (isTaken) {
            std::vector<Session> renamed{*session};
            std::set<std::string> taken;
            for (const SessionPtr& other : m_sessions)
                taken.insert(other->name);
            importers::makeNamesUnique(renamed, std::move(taken));
            restored = std::make_shared<const Session>(std::move(renamed.front()));
        }
        const size_t at = std::min(place, m_sessions.size());
        m_sessions.insert(m_sessions.begin() + static_cast<std::ptrdiff_t>(at), restored);
    }
    emit changed();
}

}  // namespace app
