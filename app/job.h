// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Job: work off the GUI thread, one kind at a time; the only file here that knows threads. Each
// start() replaces the one before: the older worker is asked to stop through its std::stop_token,
// and whatever it still returns is dropped.
//
// Thread rules: call everything from the GUI thread. `verb` runs in a pool thread and must own all
// it needs; `deliver`, letters and the signals run in the GUI thread. Workers put what they have to
// say into a mailbox under a mutex and ring through one queued signal. The destructor stops the
// workers and waits for them.

#include <QObject>
#include <QThreadPool>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <type_traits>
#include <vector>

#include "types/work.h"

namespace app {

class Job : public QObject {
    Q_OBJECT

public:
    explicit Job(QObject* parent = nullptr);
    ~Job() override;

    using Letter = std::function<void()>;
    /// Hands a letter from a worker to the GUI thread, which opens it; dropped where the job was
    /// replaced or cancelled.
    using Tell = std::function<void(Letter)>;

    /// `verb(const types::Work&)` gives a result by value; `deliver(result)` receives it. What the
    /// verb reports reaches the window at most every 50 ms. A verb may also take a `const Tell&`
    /// for what it has to say on the way.
    template <typename Verb, typename Deliver>
    void start(Verb verb, Deliver deliver) {
        const quint64 id = begin();
        m_pool.start([this, id, work = workOf(id), verb, deliver] {
            const auto run = [&] {
                if constexpr (std::is_invocable_v<Verb, const types::Work&, const Tell&>)
                    return verb(work, tellOf(id));
                else
                    return verb(work);
            };
            auto result = run();
            finishLater(id, [deliver, result] { deliver(result); });
        });
    }

    void cancel();
    bool isRunning() const { return m_isRunning; }

signals:
    void progressed(double share, const QString& step);
    void runningChanged(bool isRunning);
    void mailArrived(QPrivateSignal);  ///< from a worker; see readMail()

private:
    quint64 begin();
    types::Work workOf(quint64 id);
    Tell tellOf(quint64 id);
    void finishLater(quint64 id, Letter deliver);
    void send(Letter letter);
    void readMail();
    void setRunning(bool isRunning);

    std::mutex m_mailMutex;
    std::vector<Letter> m_mail;  ///< guarded by m_mailMutex
    QThreadPool m_pool;
    std::stop_source m_stop;
    quint64 m_id = 0;  ///< of the newest start; read in the GUI thread only
    bool m_isRunning = false;
};

/// JobSwitch: holds a running verb, lets it go on, or asks it to end early with what it has. Any
/// thread may call it.
class JobSwitch {
public:
    void setPaused(bool isPaused);
    /// A paused verb goes on and ends.
    void finish();
    bool isPaused() const;
    /// Asked by the verb between its steps: waits while paused and not stopped; true: end.
    bool isFinishAsked(std::stop_token stop);

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_isPaused = false, m_isFinishing = false;  ///< guarded by m_mutex
};

}  // namespace app
