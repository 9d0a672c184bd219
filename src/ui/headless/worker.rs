//! The tokio workers under the driver, and the gauge that tells whether they have anything left to do.
//! Here lives how tasks and subscriptions run and hand over what they produce; what is done with it lives in `driver.rs`.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc as std_mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use futures::channel::mpsc;
use futures::{FutureExt, StreamExt};

/// How long a closing driver waits for work that cannot be interrupted (a blocking file call, say).
const CLOSING: Duration = Duration::from_secs(5);

/// The executor of a driver: a small tokio runtime whose tasks are counted while they have something to do.
pub(super) struct Worker {
    runtime: Option<tokio::runtime::Runtime>,
    gauge: Arc<Gauge>,
}

impl Worker {
    /// Starts the thread. It is a single one, so that [`Watch::rest`] can queue up behind everybody else.
    pub(super) fn start() -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("skranke-headless")
            .enable_all()
            .build()?;
        Ok(Self { runtime: Some(runtime), gauge: Arc::default() })
    }

    /// Tells whether the tasks have anything left to do.
    pub(super) fn watch(&self) -> Watch {
        Watch { gauge: Arc::clone(&self.gauge), handle: self.runtime().handle().clone() }
    }

    fn runtime(&self) -> &tokio::runtime::Runtime {
        // invariant: taken in `drop` alone
        #[allow(clippy::expect_used)]
        self.runtime.as_ref().expect("the workers run until they are dropped")
    }
}

impl iced_futures::Executor for Worker {
    fn new() -> Result<Self, io::Error> {
        Self::start()
    }

    fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        drop(self.runtime().spawn(Watched::new(future, Arc::clone(&self.gauge))));
    }

    fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime().block_on(future)
    }

    fn enter<R>(&self, f: impl FnOnce() -> R) -> R {
        let _entered = self.runtime().enter();
        f()
    }
}

impl Drop for Worker {
    /// Ends every task and waits for the threads. A runtime may not be dropped where an outer runtime runs, hence
    /// the thread; and it is waited for, so that files a task held open can be opened again at once.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            let closing = thread::Builder::new()
                .name("skranke-closing".to_owned())
                .spawn(move || runtime.shutdown_timeout(CLOSING));
            if let Ok(closing) = closing {
                drop(closing.join());
            }
        }
    }
}

/// Waits for the tasks to come to rest.
pub(super) struct Watch {
    gauge: Arc<Gauge>,
    handle: tokio::runtime::Handle,
}

impl Watch {
    /// Waits until every task waits for something outside the process (network, clock, a blocking call), so that
    /// nothing more follows from what was done so far; `false` when `limit` passed first.
    pub(super) fn rest(&self, limit: Duration) -> bool {
        let deadline = Instant::now() + limit;
        let left = || deadline.saturating_duration_since(Instant::now());
        loop {
            let Some(polls) = self.gauge.wait_idle(left()) else {
                return false;
            };
            // A task that yields is scheduled again only when the worker comes round, and the gauge cannot see it
            // until then. So one more task is sent round; nobody may have run meanwhile.
            let (sender, came_round) = std_mpsc::channel();
            drop(self.handle.spawn(async move {
                tokio::task::yield_now().await;
                let _ = sender.send(());
            }));
            if came_round.recv_timeout(left()).is_err() {
                return false;
            }
            if self.gauge.count() == (Count { busy: 0, polls }) {
                return true;
            }
        }
    }
}

/// Counts the tasks that are scheduled or running.
#[derive(Debug, Default)]
struct Gauge {
    count: Mutex<Count>,
    idle: Condvar,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    busy: usize,
    /// How often any task ran, ever.
    polls: u64,
}

impl Gauge {
    /// Waits until no task is scheduled or running and tells how often any ran; `None` when `limit` passed first.
    fn wait_idle(&self, limit: Duration) -> Option<u64> {
        let deadline = Instant::now() + limit;
        let mut count = self.lock();
        while count.busy > 0 {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            count = self.idle.wait_timeout(count, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        Some(count.polls)
    }

    fn count(&self) -> Count {
        *self.lock()
    }

    fn scheduled(&self) {
        self.lock().busy += 1;
    }

    fn running(&self) {
        let mut count = self.lock();
        count.busy += 1;
        count.polls += 1;
    }

    fn done(&self) {
        let mut count = self.lock();
        count.busy = count.busy.saturating_sub(1);
        if count.busy == 0 {
            self.idle.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Count> {
        self.count.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const WAITING: u8 = 0;
const SCHEDULED: u8 = 1;
const ENDED: u8 = 2;

/// Wakes the task as tokio would, and counts it from then until it has been polled.
struct Bell {
    state: AtomicU8,
    tokio: Mutex<Option<Waker>>,
    gauge: Arc<Gauge>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.state.compare_exchange(WAITING, SCHEDULED, Ordering::AcqRel, Ordering::Acquire).is_ok() {
            self.gauge.scheduled();
        }
        let tokio = self.tokio.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(waker) = tokio {
            waker.wake();
        }
    }
}

/// A task whose activity shows on the gauge.
struct Watched {
    future: Pin<Box<dyn Future<Output = ()> + Send>>,
    bell: Arc<Bell>,
}

impl Watched {
    fn new(future: impl Future<Output = ()> + Send + 'static, gauge: Arc<Gauge>) -> Self {
        gauge.scheduled();
        let bell = Bell { state: AtomicU8::new(SCHEDULED), tokio: Mutex::new(None), gauge };
        Self { future: Box::pin(future), bell: Arc::new(bell) }
    }
}

impl Future for Watched {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let bell = Arc::clone(&self.bell);
        *bell.tokio.lock().unwrap_or_else(PoisonError::into_inner) = Some(context.waker().clone());
        // The poll itself counts; only then is the wake-up that led here taken off, so that the gauge never dips.
        bell.gauge.running();
        if bell.state.swap(WAITING, Ordering::AcqRel) == SCHEDULED {
            bell.gauge.done();
        }
        let waker = Waker::from(Arc::clone(&bell));
        let poll = self.future.as_mut().poll(&mut Context::from_waker(&waker));
        bell.gauge.done();
        poll
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if self.bell.state.swap(ENDED, Ordering::AcqRel) == SCHEDULED {
            self.bell.gauge.done();
        }
    }
}

/// How much tasks and subscriptions may produce before they wait for the driver, as many as in iced's own shell.
pub(super) const ROOM: usize = 100;

/// The receiving end of what tasks and subscriptions produce. It waits with a deadline and without an executor, so
/// that the driver also works inside somebody else's runtime.
pub(super) struct Inbox<T>(mpsc::Receiver<T>);

impl<T> Inbox<T> {
    /// Both ends.
    pub(super) fn open() -> (mpsc::Sender<T>, Self) {
        let (sender, receiver) = mpsc::channel(ROOM);
        (sender, Self(receiver))
    }

    /// What is there already.
    pub(super) fn take(&mut self) -> Option<T> {
        self.0.next().now_or_never().flatten()
    }

    /// What comes until `deadline`.
    pub(super) fn wait(&mut self, deadline: Instant) -> Option<T> {
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(item) = self.0.poll_next_unpin(&mut context) {
                return item;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            thread::park_timeout(left);
        }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced_futures::Executor as _;

    #[test]
    fn a_question_is_answered_before_the_workers_rest() {
        let worker = Worker::start().unwrap();
        let (question, mut asked) = tokio::sync::mpsc::unbounded_channel::<u32>();
        let (answer, answers) = std_mpsc::channel();
        worker.spawn(async move {
            while let Some(number) = asked.recv().await {
                for _ in 0..number % 5 {
                    tokio::task::yield_now().await;
                }
                answer.send(number * 2).unwrap();
            }
        });
        for number in 0..500 {
            question.send(number).unwrap();
            assert!(worker.watch().rest(Duration::from_secs(20)));
            assert_eq!(answers.try_recv(), Ok(number * 2));
        }
    }

    #[test]
    fn a_task_that_never_rests_does_not_hold_the_driver_up() {
        let worker = Worker::start().unwrap();
        worker.spawn(async {
            loop {
                tokio::task::yield_now().await;
            }
        });
        assert!(!worker.watch().rest(Duration::from_millis(20)));
    }

    #[test]
    fn closing_ends_endless_tasks_even_inside_another_runtime() {
        struct Told(std_mpsc::Sender<()>);
        impl Drop for Told {
            fn drop(&mut self) {
                let _ = self.0.send(());
            }
        }
        let outer = tokio::runtime::Builder::new_current_thread().build().unwrap();
        outer.block_on(async {
            let worker = Worker::start().unwrap();
            let (sender, receiver) = std_mpsc::channel();
            let told = Told(sender);
            worker.spawn(async move {
                let _told = told;
                std::future::pending::<()>().await;
            });
            drop(worker);
            assert_eq!(receiver.try_recv(), Ok(()));
        });
    }

    #[test]
    fn a_subscription_that_never_pauses_waits_for_the_driver() {
        let worker = Worker::start().unwrap();
        let (sender, mut inbox) = Inbox::open();
        let endless = futures::stream::iter(0_u64..).map(Ok).forward(sender);
        worker.spawn(endless.map(|_| ()));
        assert!(worker.watch().rest(Duration::from_secs(20)));
        let first: Vec<_> = std::iter::from_fn(|| inbox.take()).take(ROOM).collect();
        assert_eq!(first, (0..ROOM as u64).collect::<Vec<_>>());
    }

    #[test]
    fn waiting_ends_with_what_comes_or_with_the_deadline() {
        let (mut sender, mut inbox) = Inbox::open();
        assert_eq!(inbox.wait(Instant::now()), None);
        let late = thread::spawn(move || {
            sender.try_send(7).unwrap();
            sender
        });
        assert_eq!(inbox.wait(Instant::now() + Duration::from_secs(20)), Some(7));
        drop(late.join().unwrap());
    }
}
